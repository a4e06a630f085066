import type { ListOptions, ListPage } from '../../types.ts';
import { requireBucket, type StoreContext } from '../context.ts';
import { firstKey, pageLimit, walkKeys } from '../walk-keys.ts';

/** One page of what keys stand for. */
export function listObjects(context: StoreContext, bucket: string, options: ListOptions): ListPage {
  requireBucket(context, bucket);
  const { prefix = '', delimiter = '', after = '' } = options;
  const limit = pageLimit(options.limit);
  const page: ListPage = { objects: [], commonPrefixes: [] };
  let last: string | undefined;
  let count = 0;
  const steps = walkKeys(
    (from, below) => context.sql.scanObjects(bucket, from, below),
    ({ info }) => info.key,
    { prefix, delimiter },
    firstKey(prefix, delimiter, after),
  );
  for (const step of steps) {
    if (count === limit) {
      return last === undefined ? page : { ...page, next: last };
    }
    count += 1;
    if (step.kind === 'entry') {
      page.objects.push(step.entry.info);
      last = step.entry.info.key;
    } else {
      page.commonPrefixes.push(step.prefix);
      last = step.prefix;
    }
  }
  return page;
}
