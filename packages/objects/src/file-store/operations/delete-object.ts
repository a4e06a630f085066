import { checkKey } from '../../names/check-key.ts';
import { commitChange, requireBucket, type StoreContext } from '../context.ts';

export async function deleteObject(context: StoreContext, bucket: string, key: string): Promise<void> {
  checkKey(key);
  const { sql, watchers } = context;
  const deleted = await commitChange(context, () => {
    requireBucket(context, bucket);
    const old = sql.findObject(bucket, key);
    if (old === undefined) {
      return { result: false, released: [] };
    }
    sql.deleteObject(bucket, key);
    return { result: true, released: sql.releaseContent(old.content) };
  });
  if (deleted) {
    watchers.notify({ kind: 'delete', bucket, key });
  }
}
