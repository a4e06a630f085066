import { commitChange, type StoreContext } from '../context.ts';
import { requireUpload } from '../require-upload.ts';

export async function abortUpload(
  context: StoreContext,
  bucket: string,
  key: string,
  uploadId: string,
): Promise<void> {
  const { sql } = context;
  await commitChange(context, () => {
    requireUpload(context, bucket, key, uploadId);
    const released = sql.listParts(uploadId).flatMap((part) => sql.releaseContent(part.content));
    sql.deleteUpload(uploadId);
    return { result: undefined, released };
  });
}
