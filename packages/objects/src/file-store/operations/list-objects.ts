import { ObjectStoreError } from '../../object-store-error.ts';
import type { ListOptions, ListPage, ObjectInfo } from '../../types.ts';
import { requireBucket, type StoreContext } from '../context.ts';
import { keyToBytes, type StoredObject } from '../sql/rows.ts';

const MAX_LIMIT = 1000;

/** What a page is made of: an object, or a prefix that stands for all keys below it. */
type Entry = { kind: 'object'; info: ObjectInfo } | { kind: 'prefix'; prefix: string };

/**
 * One page in byte order. Keys that share what comes up to the delimiter appear as one common prefix, and the search
 * goes on behind them by the index: a folder of a million keys costs one step.
 */
export function listObjects(context: StoreContext, bucket: string, options: ListOptions): ListPage {
  requireBucket(context, bucket);
  const { limit = MAX_LIMIT } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new ObjectStoreError('InvalidArgument', `A page has 1 to ${MAX_LIMIT} entries, not ${limit}.`);
  }
  const page: ListPage = { objects: [], commonPrefixes: [] };
  let last: string | undefined;
  let count = 0;
  for (const entry of entries(context, bucket, options)) {
    if (count === limit) {
      return last === undefined ? page : { ...page, next: last };
    }
    count += 1;
    if (entry.kind === 'object') {
      page.objects.push(entry.info);
      last = entry.info.key;
    } else {
      page.commonPrefixes.push(entry.prefix);
      last = entry.prefix;
    }
  }
  return page;
}

function* entries(context: StoreContext, bucket: string, options: ListOptions): Generator<Entry> {
  const { prefix = '', delimiter = '', after = '' } = options;
  const below = firstBehind(prefix);
  let from: Uint8Array | undefined = firstKey(prefix, delimiter, after);
  while (from !== undefined) {
    let folder: string | undefined;
    for (const { info } of scan(context, bucket, from, below)) {
      folder = commonPrefix(info.key, prefix, delimiter);
      if (folder !== undefined) {
        break;
      }
      yield { kind: 'object', info };
    }
    if (folder === undefined) {
      return;
    }
    yield { kind: 'prefix', prefix: folder };
    from = firstBehind(folder);
  }
}

function scan(
  { sql }: StoreContext,
  bucket: string,
  from: Uint8Array,
  below: Uint8Array | undefined,
): Iterable<StoredObject> {
  return sql.scanObjects(bucket, from, below);
}

/** Where to begin: at the prefix, or behind `after`; behind everything below it when it is a common prefix itself. */
function firstKey(prefix: string, delimiter: string, after: string): Uint8Array | undefined {
  const start = keyToBytes(prefix);
  if (after === '') {
    return start;
  }
  const behind =
    commonPrefix(after, prefix, delimiter) === after
      ? firstBehind(after)
      : Buffer.concat([keyToBytes(after), Buffer.of(0)]);
  return behind === undefined || Buffer.compare(behind, start) > 0 ? behind : start;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) {
    return undefined;
  }
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** The least byte string greater than all that begin with `prefix`; absent when there is none. UTF-8 has no 0xFF. */
function firstBehind(prefix: string): Uint8Array | undefined {
  const bytes = keyToBytes(prefix);
  const last = bytes.at(-1);
  if (last === undefined) {
    return undefined;
  }
  bytes[bytes.length - 1] = last + 1;
  return bytes;
}
