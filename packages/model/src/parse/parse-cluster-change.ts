import type { ClusterDescription, GroupDescription, Mounts } from '../descriptions.ts';
import { Field } from '../field.ts';
import {
  MAX_DESCRIPTION,
  MAX_GROUPS,
  MAX_PROCESS_TEXT,
  MAX_TEXT,
  MAX_VARIABLES,
  MAX_VM_COUNT,
} from '../limits.ts';
import { checkName, GROUP_NAME, HOST_NAME_PREFIX, VARIABLE_NAME } from '../names.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readPurchaseChange } from './read-capacity.ts';
import { readMounts } from './read-mounts.ts';

/** What PUT /clusters/{Id} may change; what is absent stays (spec/batchcompute-api.md §9.3). */
export interface ClusterChange {
  Groups: Record<string, Partial<GroupDescription>>;
  Description?: string;
  ImageId?: string;
  InstanceType?: string;
  UserData?: Record<string, string>;
  EnvVars?: Record<string, string>;
  Bootstrap?: string;
  Mounts?: Mounts;
}

/**
 * The body of PUT /clusters/{Id}; an empty one changes nothing.
 * @throws WireError 400 with the code of spec §17 for the first field that cannot be used.
 */
export function parseClusterChange(body: unknown): ClusterChange {
  const field = Field.ofBody(body);
  const userData = field.at('UserData');
  const envVars = field.at('EnvVars');
  return withoutUndefined({
    Groups: readGroupChanges(field.at('Groups')),
    Description: field.at('Description').text({ max: MAX_DESCRIPTION }),
    ImageId: field.at('ImageId').text({ max: MAX_TEXT }),
    InstanceType: field.at('InstanceType').text({ max: MAX_TEXT }),
    UserData: userData.given
      ? userData.texts({ maxCount: MAX_VARIABLES, maxLength: MAX_DESCRIPTION })
      : undefined,
    EnvVars: envVars.given
      ? envVars.texts({ maxCount: MAX_VARIABLES, maxLength: MAX_PROCESS_TEXT, key: VARIABLE_NAME })
      : undefined,
    Bootstrap: field.at('Bootstrap').text({ max: MAX_PROCESS_TEXT }),
    Mounts: readMounts(field.at('Configs').at('Mounts')),
  });
}

function readGroupChanges(field: Field): ClusterChange['Groups'] {
  return record(
    field.entries(MAX_GROUPS).map(([name, group]) => {
      checkName(field, name, GROUP_NAME);
      return [name, readGroupChange(group)] as const;
    }),
  );
}

function readGroupChange(group: Field): Partial<GroupDescription> {
  return withoutUndefined({
    DesiredVMCount: group
      .at('DesiredVMCount')
      .reportedAs('DesiredVMCount', group.path)
      .integer(0, MAX_VM_COUNT),
    InstanceType: group.at('InstanceType').text({ max: MAX_TEXT }),
    ...readPurchaseChange(group),
    ImageId: group.at('ImageId').text({ max: MAX_TEXT }),
    HostnamePrefix: group.at('HostnamePrefix').text(HOST_NAME_PREFIX),
    Mode: group.at('Mode').text({ max: MAX_TEXT }),
  });
}

/**
 * The description after a change. A group that is not there yet is added (spec §9.3).
 * @throws MissingDesiredVMCount for a new group without a count; InvalidGroups when they become too many.
 */
export function changeCluster(cluster: ClusterDescription, change: ClusterChange): ClusterDescription {
  const { Groups: groups, Mounts: mounts, ...rest } = change;
  const merged = record(Object.entries(cluster.Groups));
  const field = Field.ofBody({ Groups: groups }).at('Groups');
  for (const [name, part] of Object.entries(groups)) {
    const before = merged[name] ?? newGroup(field.at(name), part);
    merged[name] = { ...before, ...part };
  }
  if (Object.keys(merged).length > MAX_GROUPS) throw field.invalid(`Its size must be in [0, ${MAX_GROUPS}].`);
  return {
    ...cluster,
    ...rest,
    Groups: merged,
    ...(mounts === undefined ? {} : { Configs: { ...cluster.Configs, Mounts: mounts } }),
  };
}

function newGroup(field: Field, { DesiredVMCount: count }: Partial<GroupDescription>): GroupDescription {
  if (count === undefined)
    throw field.at('DesiredVMCount').reportedAs('DesiredVMCount', field.path).missing();
  return { DesiredVMCount: count, ResourceType: 'OnDemand' };
}
