import { checkBucketName } from '../../names/check-bucket-name.ts';
import { ObjectStoreError } from '../../object-store-error.ts';
import type { BucketInfo } from '../../types.ts';
import { commitChange, type StoreContext } from '../context.ts';
import { formatStrings, parseStrings } from '../sql/rows.ts';

/** Buckets that one owner may have (spec/oss.md §1.7 PutBucket). */
const MAX_BUCKETS = 100;

export async function createBucket(
  context: StoreContext,
  name: string,
  owner: string,
  options: { acl?: string; attributes?: Readonly<Record<string, string>> },
): Promise<BucketInfo> {
  checkBucketName(name);
  const { sql, clock } = context;
  return commitChange(context, () => {
    const old = sql.findBucket(name);
    if (old !== undefined && old.owner !== owner) {
      throw new ObjectStoreError('BucketAlreadyExists', `The bucket ${name} belongs to somebody else.`);
    }
    if (old === undefined && sql.listBuckets(owner).length >= MAX_BUCKETS) {
      throw new ObjectStoreError('TooManyBuckets', `One account may have ${MAX_BUCKETS} buckets.`);
    }
    const bucket: BucketInfo = {
      ...(old ?? {
        name,
        owner,
        created: clock.now(),
        attributes: parseStrings(formatStrings(options.attributes)),
      }),
      acl: options.acl ?? old?.acl ?? 'private',
    };
    sql.saveBucket(bucket);
    return { result: bucket, released: [] };
  });
}
