import { commitChange, requireBucket, type StoreContext } from '../context.ts';

export async function setBucketConfig(
  context: StoreContext,
  bucket: string,
  name: string,
  document: string | undefined,
): Promise<void> {
  await commitChange(context, () => {
    requireBucket(context, bucket);
    context.sql.saveBucketConfig(bucket, name, document);
    return { result: undefined, released: [] };
  });
}
