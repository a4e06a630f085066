import type { Configs, Disks, Networks } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_DISK_SIZE, MAX_LIST, MAX_TEXT } from '../limits.ts';
import { record } from '../record.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readMounts, readTexts } from './read-mounts.ts';

/** GB; the smallest system disk of the vendor (spec/batchcompute-api.md §6). */
const DEFAULT_SYSTEM_DISK_SIZE = 40;

/** Configs of a cluster or an AutoCluster (spec §9.1); undefined when nothing in it is given. */
export function readConfigs(field: Field): Configs | undefined {
  const mounts = field.at('Mounts');
  return unlessEmpty({
    Disks: readDisks(field.at('Disks')),
    Mounts: readMounts(mounts),
    // The Node SDK's schema puts Networks under Mounts (spec §18).
    Networks: readNetworks(field.at('Networks')) ?? readNetworks(misplacedNetworks(mounts)),
  });
}

function misplacedNetworks(mounts: Field): Field {
  return mounts.at('Networks');
}

function readDisks(field: Field): Disks | undefined {
  return unlessEmpty({
    SystemDisk: readSystemDisk(field.at('SystemDisk')),
    DataDisk: readDataDisk(field.at('DataDisk')),
  });
}

function readSystemDisk(field: Field): Disks['SystemDisk'] {
  const type = field.at('Type').text({ max: MAX_TEXT });
  const size = field.at('Size').integer(0, MAX_DISK_SIZE);
  if (type === undefined && (size === undefined || size === 0)) return undefined;
  return { Type: type ?? '', Size: size === undefined || size === 0 ? DEFAULT_SYSTEM_DISK_SIZE : size };
}

/** Size 0 means that there is no data disk (spec §9.1). */
function readDataDisk(field: Field): Disks['DataDisk'] {
  const type = field.at('Type').text({ max: MAX_TEXT });
  const size = field.at('Size').integer(0, MAX_DISK_SIZE);
  const mountPoint = field.at('MountPoint').text({ max: MAX_TEXT });
  if (size === undefined || size === 0) return undefined;
  return { Type: type ?? '', Size: size, MountPoint: mountPoint ?? '' };
}

/** Kept and given back; nothing here acts on it (spec §9.1). */
function readNetworks(field: Field): Networks | undefined {
  const vpc = field.at('VPC').texts({ maxCount: MAX_LIST, maxLength: MAX_TEXT });
  const classic = field.at('Classic').entries(MAX_LIST);
  const lists = classic
    .map(([key, list]) => [key, readTexts(list)] as const)
    .filter(([, list]) => list.length > 0);
  const texts = Object.entries(vpc).filter(([, text]) => text !== '');
  return unlessEmpty({
    VPC: texts.length > 0 ? record(texts) : undefined,
    Classic: lists.length > 0 ? record(lists) : undefined,
  });
}

function unlessEmpty<T extends object>(value: T): ReturnType<typeof withoutUndefined<T>> | undefined {
  const rest = withoutUndefined(value);
  return Object.keys(rest).length > 0 ? rest : undefined;
}
