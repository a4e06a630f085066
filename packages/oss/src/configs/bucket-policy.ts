import { malformedPolicy, notImplemented } from '../gateway/oss-errors.ts';
import { wildcardMatch } from '../wire/wildcard-match.ts';

/** What a policy says of an action on `bucket` or `bucket/key` by an account (absent: anonymous), if anything. */
export type Policy = (
  owner: string | undefined,
  action: string,
  resource: string,
) => 'allow' | 'deny' | undefined;

interface Statement {
  effect: 'allow' | 'deny';
  principals: readonly string[];
  actions: readonly string[];
  resources: readonly string[];
}

/**
 * Reads a bucket policy: Effect, Principal, Action and Resource with wildcards. A Deny wins over any Allow. Conditions
 * are refused, because a policy that is enforced in part is none.
 * @throws OssError MalformedPolicyDocument, NotImplemented
 */
export function readPolicy(document: string): Policy {
  const statements = readStatements(document);
  return (owner, action, resource) => {
    const effects = statements
      .filter(
        (statement) =>
          statement.principals.some((name) => name === '*' || name === owner) &&
          statement.actions.some((pattern) => wildcardMatch(pattern, action)) &&
          statement.resources.some((pattern) => wildcardMatch(pattern, resource)),
      )
      .map(({ effect }) => effect);
    return effects.includes('deny') ? 'deny' : effects[0];
  };
}

function readStatements(document: string): Statement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch (error) {
    throw malformedPolicy('it is no JSON', error);
  }
  const statements = field(parsed, 'Statement');
  if (field(parsed, 'Version') !== '1' || !Array.isArray(statements) || statements.length === 0) {
    throw malformedPolicy('it needs Version "1" and a list Statement');
  }
  return statements.map(readStatement);
}

function readStatement(statement: unknown): Statement {
  const effect = field(statement, 'Effect');
  for (const name of ['Condition', 'NotPrincipal', 'NotAction', 'NotResource']) {
    if (field(statement, name) !== undefined) {
      throw notImplemented(`policy ${name}`);
    }
  }
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw malformedPolicy('Effect is Allow or Deny');
  }
  return {
    effect: effect === 'Allow' ? 'allow' : 'deny',
    // An Allow for nobody may be (the vendor's tests of oss2 have one); a Deny for nobody is a slip that would hurt.
    principals:
      effect === 'Allow' && field(statement, 'Principal') === undefined ? [] : texts(statement, 'Principal'),
    actions: texts(statement, 'Action'),
    // acs:oss:<region>:<account>:<bucket and key>
    resources: texts(statement, 'Resource').map((name) => {
      const [acs, oss, , , ...rest] = name.split(':');
      if (acs !== 'acs' || oss !== 'oss' || rest.length === 0) {
        throw malformedPolicy('a Resource is acs:oss:region:account:bucket/key');
      }
      return rest.join(':');
    }),
  };
}

function texts(statement: unknown, name: string): string[] {
  const value = field(statement, name);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const found = list.filter((item) => typeof item === 'string');
  if (found.length === 0 || found.length !== list.length) {
    throw malformedPolicy(`${name} is a text or a list of texts`);
  }
  return found;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
