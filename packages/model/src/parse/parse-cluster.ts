import type { ClusterDescription, GroupDescription } from '../descriptions.ts';
import { Field } from '../field.ts';
import {
  MAX_DESCRIPTION,
  MAX_GROUPS,
  MAX_PROCESS_TEXT,
  MAX_TEXT,
  MAX_VARIABLES,
  MAX_VM_COUNT,
} from '../limits.ts';
import { CLUSTER_NAME, checkName, GROUP_NAME, HOST_NAME_PREFIX, VARIABLE_NAME } from '../names.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readPurchase } from './read-capacity.ts';
import { readConfigs } from './read-configs.ts';
import { readNotification } from './read-notification.ts';

/**
 * The body of POST /clusters (spec/batchcompute-api.md §9.1) with every default filled.
 * @throws WireError 400 with the code of spec §17 for the first field that cannot be used.
 */
export function parseClusterDescription(body: unknown): ClusterDescription {
  const field = Field.ofBody(body);
  return withoutUndefined({
    Name: field.at('Name').requiredText(CLUSTER_NAME),
    Description: field.at('Description').text({ max: MAX_DESCRIPTION }) ?? '',
    ImageId: field.at('ImageId').requiredText({ max: MAX_TEXT }),
    InstanceType: field.at('InstanceType').text({ max: MAX_TEXT }),
    Groups: parseGroups(field.at('Groups')),
    UserData: field.at('UserData').texts({ maxCount: MAX_VARIABLES, maxLength: MAX_DESCRIPTION }),
    EnvVars: field
      .at('EnvVars')
      .texts({ maxCount: MAX_VARIABLES, maxLength: MAX_PROCESS_TEXT, key: VARIABLE_NAME }),
    Bootstrap: field.at('Bootstrap').text({ max: MAX_PROCESS_TEXT }) ?? '',
    Configs: readConfigs(field.at('Configs')),
    Notification: readNotification(field.at('Notification')),
    ScheduleType: field.at('ScheduleType').text({ max: MAX_TEXT }),
    PasswordInherit: field.at('PasswordInherit').flag(),
    DependencyIsvService: field.at('DependencyIsvService').text({ max: MAX_TEXT }),
  });
}

function parseGroups(field: Field): Record<string, GroupDescription> {
  if (!field.given) throw field.missing();
  return record(
    field.entries(MAX_GROUPS).map(([name, group]) => {
      checkName(field, name, GROUP_NAME);
      return [name, parseGroup(group)] as const;
    }),
  );
}

/** 0 machines are allowed, whatever the vendor's error text says (spec §20.2); the code is the documented one (§17.1). */
function parseGroup(field: Field): GroupDescription {
  const countField = field.at('DesiredVMCount').reportedAs('DesiredVMCount', field.path);
  const count = countField.integer(0, MAX_VM_COUNT);
  if (count === undefined) throw countField.missing();
  return withoutUndefined({
    DesiredVMCount: count,
    InstanceType: field.at('InstanceType').text({ max: MAX_TEXT }),
    ...readPurchase(field),
    ImageId: field.at('ImageId').text({ max: MAX_TEXT }),
    HostnamePrefix: field.at('HostnamePrefix').text(HOST_NAME_PREFIX),
    Mode: field.at('Mode').text({ max: MAX_TEXT }),
  });
}
