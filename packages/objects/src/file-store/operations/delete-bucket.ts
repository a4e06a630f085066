import { ObjectStoreError } from '../../object-store-error.ts';
import { commitChange, requireBucket, type StoreContext } from '../context.ts';

export async function deleteBucket(context: StoreContext, name: string): Promise<void> {
  await commitChange(context, () => {
    requireBucket(context, name);
    if (!context.sql.isBucketEmpty(name)) {
      throw new ObjectStoreError('BucketNotEmpty', `The bucket ${name} still has objects or open uploads.`);
    }
    context.sql.deleteBucket(name);
    return { result: undefined, released: [] };
  });
}
