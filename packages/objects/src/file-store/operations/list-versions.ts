import type { ListVersionsOptions, VersionPage } from '../../types.ts';
import { requireBucket, type StoreContext } from '../context.ts';
import { keyToBytes, type ListedVersion } from '../sql/rows.ts';
import { sequenceOf } from '../version-id.ts';
import { firstKey, pageLimit, type Step, walkKeys } from '../walk-keys.ts';

/** One page of all versions and delete markers. */
export function listVersions(
  context: StoreContext,
  bucket: string,
  options: ListVersionsOptions,
): VersionPage {
  requireBucket(context, bucket);
  const limit = pageLimit(options.limit);
  const page: VersionPage = { versions: [], commonPrefixes: [] };
  let last: VersionPage['next'];
  let count = 0;
  for (const step of steps(context, bucket, options)) {
    if (count === limit) {
      return last === undefined ? page : { ...page, next: last };
    }
    count += 1;
    if (step.kind === 'entry') {
      const { version } = step.entry;
      page.versions.push(version);
      last = { key: version.key, versionId: version.versionId };
    } else {
      page.commonPrefixes.push(step.prefix);
      last = { key: step.prefix };
    }
  }
  return page;
}

const keyOf = ({ version }: ListedVersion): string => version.key;

function steps(
  context: StoreContext,
  bucket: string,
  { prefix = '', delimiter = '', after = { key: '' } }: ListVersionsOptions,
): Iterable<Step<ListedVersion>> {
  const { sql } = context;
  const { key, versionId } = after;
  if (versionId === undefined || !key.startsWith(prefix)) {
    const start = firstKey(prefix, delimiter, key);
    return walkKeys(
      (from, below) => sql.scanVersions(bucket, from, below),
      keyOf,
      { prefix, delimiter },
      start,
    );
  }
  // Where the scan begins, and nowhere else, only the older versions of the key are wanted.
  const start = keyToBytes(key);
  const sequence = positionOf(context, bucket, key, versionId);
  return walkKeys(
    (from, below) => sql.scanVersions(bucket, from, below, from === start ? sequence : undefined),
    keyOf,
    { prefix, delimiter },
    start,
  );
}

/**
 * The sequence of a version, also of one that is gone: whoever deletes page by page goes on where it was. A null version
 * that is gone has left no trace; its key is listed from its newest version again then.
 */
function positionOf(
  { sql }: StoreContext,
  bucket: string,
  key: string,
  versionId: string,
): number | undefined {
  const current = sql.findObject(bucket, key);
  const found = current?.info.versionId === versionId ? current : sql.findVersion(bucket, key, versionId);
  return found?.sequence ?? sequenceOf(versionId);
}
