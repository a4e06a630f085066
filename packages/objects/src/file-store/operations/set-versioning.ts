import type { BucketInfo, Versioning } from '../../types.ts';
import { commitChange, requireBucket, type StoreContext } from '../context.ts';

export async function setVersioning(
  context: StoreContext,
  bucket: string,
  versioning: Versioning,
): Promise<BucketInfo> {
  return commitChange(context, () => {
    const result = { ...requireBucket(context, bucket), versioning };
    context.sql.saveBucket(result);
    return { result, released: [] };
  });
}
