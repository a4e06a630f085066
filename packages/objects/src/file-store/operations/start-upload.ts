import { randomBytes } from 'node:crypto';
import { checkKey } from '../../names/check-key.ts';
import type { PutOptions, UploadInfo } from '../../types.ts';
import { formatStrings, parseStrings } from '../sql/rows.ts';
import { commitChange, requireBucket, requireFree, type StoreContext } from '../context.ts';

export async function startUpload(
  context: StoreContext,
  bucket: string,
  key: string,
  options: PutOptions,
): Promise<UploadInfo> {
  checkKey(key);
  return commitChange(context, () => {
    requireFree(context, requireBucket(context, bucket), key, options.createOnly);
    const upload: UploadInfo = {
      bucket,
      key,
      // 32 upper-case hex digits (spec/oss.md §1.11).
      uploadId: randomBytes(16).toString('hex').toUpperCase(),
      initiated: context.clock.now(),
      attributes: parseStrings(formatStrings(options.attributes)),
    };
    context.sql.insertUpload(upload, options);
    return { result: upload, released: [] };
  });
}
