import type { MountEntry, Mounts } from '../descriptions.ts';
import { type Field, quote } from '../field.ts';
import { MAX_LIST, MAX_LOCAL_PATH, MAX_MAPPINGS, MAX_TEXT } from '../limits.ts';
import { mappingPair } from '../mapping.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** Defaults of a Mounts object (spec/batchcompute-api.md §12.3). Sizes in bytes. */
export const MOUNT_DEFAULTS = {
  Locale: 'GBK',
  Lock: false,
  CacheSupport: true,
  CacheBlockSize: 262_144,
  CacheTotalSize: 536_870_912,
} as const;

const MAX_CACHE = Number.MAX_SAFE_INTEGER;

/** Mounts of a cluster, an AutoCluster or a task; undefined when nothing in it is given (PySDK inserts empty ones). */
export function readMounts(field: Field): Mounts | undefined {
  const locale = field.at('Locale').text({ max: MAX_TEXT });
  const lock = field.at('Lock').flag();
  const cacheSupport = field.at('CacheSupport').flag();
  const cacheBlockSize = field.at('CacheBlockSize').integer(0, MAX_CACHE);
  const cacheTotalSize = field.at('CacheTotalSize').integer(0, MAX_CACHE);
  const entries = readEntries(field.at('Entries'));
  const nas = readNas(field.at('NAS'));
  const oss = readOssCredentials(field.at('OSS'));
  const given = [locale, lock, cacheSupport, cacheBlockSize, cacheTotalSize, nas, oss];
  if (entries.length === 0 && given.every((value) => value === undefined)) return undefined;
  return withoutUndefined({
    Entries: entries,
    Locale: locale ?? MOUNT_DEFAULTS.Locale,
    Lock: lock ?? MOUNT_DEFAULTS.Lock,
    CacheSupport: cacheSupport ?? MOUNT_DEFAULTS.CacheSupport,
    CacheBlockSize: cacheBlockSize ?? MOUNT_DEFAULTS.CacheBlockSize,
    CacheTotalSize: cacheTotalSize ?? MOUNT_DEFAULTS.CacheTotalSize,
    NAS: nas,
    OSS: oss,
  });
}

function readEntries(field: Field): MountEntry[] {
  const sourceOf = new Map<string, string>();
  return field.items(MAX_MAPPINGS).flatMap((item): MountEntry[] => {
    const source = item.at('Source');
    const destination = item.at('Destination');
    if (!source.given && !destination.given) return [];
    const url = source.requiredText({ max: MAX_LOCAL_PATH });
    const path = destination.requiredText({ max: MAX_LOCAL_PATH });
    const pair = mappingPair(url, path, 'oss-or-nas');
    if ('problem' in pair) {
      throw item.invalid(`The pair ${quote(url)}: ${quote(path)} cannot be used. ${pair.problem}`);
    }
    const other = sourceOf.get(pair.path);
    if (other !== undefined && other !== pair.url) {
      throw item.invalid(`${quote(other)} is mounted on ${quote(pair.path)} already.`);
    }
    sourceOf.set(pair.path, pair.url);
    return [
      {
        Source: pair.url,
        Destination: pair.path,
        WriteSupport: item.at('WriteSupport').flag() ?? false,
      },
    ];
  });
}

function readNas(field: Field): Mounts['NAS'] {
  const accessGroup = readTexts(field.at('AccessGroup'));
  const fileSystem = readTexts(field.at('FileSystem'));
  if (accessGroup.length === 0 && fileSystem.length === 0) return undefined;
  return { AccessGroup: accessGroup, FileSystem: fileSystem };
}

/** Older samples name the token AccessSecurityToken (spec §20.2, "Mounts token field"). */
function readOssCredentials(field: Field): Mounts['OSS'] {
  const id = field.at('AccessKeyId').text({ max: MAX_TEXT });
  const secret = field.at('AccessKeySecret').text({ max: MAX_TEXT });
  const token =
    field.at('SecurityToken').text({ max: MAX_LOCAL_PATH }) ??
    field.at('AccessSecurityToken').text({ max: MAX_LOCAL_PATH });
  if (id === undefined && secret === undefined && token === undefined) return undefined;
  return { AccessKeyId: id ?? '', AccessKeySecret: secret ?? '', SecurityToken: token ?? '' };
}

/** A list of texts; empty ones are left out. */
export function readTexts(field: Field): string[] {
  return field.items(MAX_LIST).flatMap((item) => item.text({ max: MAX_TEXT }) ?? []);
}
