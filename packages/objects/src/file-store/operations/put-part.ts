import { ObjectStoreError } from '../../object-store-error.ts';
import type { BodySource } from '../../object-store.ts';
import type { PartInfo, PutOptions } from '../../types.ts';
import { commitWritten, type StoreContext } from '../context.ts';
import { requireUpload } from '../require-upload.ts';
import { writeContent } from '../write-content.ts';

const MAX_PART_NUMBER = 10_000;

export async function putPart(
  context: StoreContext,
  bucket: string,
  key: string,
  uploadId: string,
  partNumber: number,
  body: BodySource,
  options: Pick<PutOptions, 'contentMd5' | 'contentLength'>,
): Promise<PartInfo> {
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > MAX_PART_NUMBER) {
    throw new ObjectStoreError('InvalidArgument', `Part numbers go from 1 to ${MAX_PART_NUMBER}.`);
  }
  requireUpload(context, bucket, key, uploadId);
  const { files, sql, clock } = context;
  const written = await writeContent(files, body, options);
  return commitWritten(context, written, () => {
    requireUpload(context, bucket, key, uploadId);
    const old = sql.findPartContent(uploadId, partNumber);
    const part: PartInfo = {
      partNumber,
      size: written.size,
      etag: written.md5,
      crc64: written.crc64.toString(),
      lastModified: clock.now(),
    };
    sql.insertContent(written.id, written.source);
    sql.savePart(uploadId, part, written.id);
    return { result: part, released: old === undefined ? [] : sql.releaseContent(old) };
  });
}
