import type { CredentialConfig } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_LIST, MAX_TEXT } from '../limits.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** The roles a task acts with (spec/batchcompute-api.md §7, CredentialConfig); undefined when none is given. */
export function readCredentials(field: Field): CredentialConfig | undefined {
  const serviceRole = field.at('ServiceRole').text({ max: MAX_TEXT });
  const chain = field
    .at('Chain')
    .items(MAX_LIST)
    .filter((link) => link.given)
    .map((link) => ({
      Role: link.at('Role').requiredText({ max: MAX_TEXT }),
      UserId: link.at('UserId').integer(0, Number.MAX_SAFE_INTEGER) ?? 0,
    }));
  if (serviceRole === undefined && chain.length === 0) return undefined;
  return withoutUndefined({ ServiceRole: serviceRole, Chain: chain.length > 0 ? chain : undefined });
}
