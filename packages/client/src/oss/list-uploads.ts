import { nameDecoder } from './list-names.ts';
import type { OssSession } from './oss-session.ts';
import { elements, parseXml, textOf } from './xml.ts';

export interface UnfinishedUpload {
  key: string;
  uploadId: string;
  /** ISO time. */
  initiated: string;
}

/** Uploads that were neither completed nor aborted, by key, page after page (spec/oss.md §1.7). */
export async function* listUploads(
  session: OssSession,
  bucket: string,
  prefix: string,
): AsyncGenerator<UnfinishedUpload, void, undefined> {
  for (let after = { key: '', uploadId: '' }; ; ) {
    const query: Record<string, string> = {
      uploads: '',
      prefix,
      'max-uploads': '1000',
      'encoding-type': 'url',
      ...(after.key === '' ? {} : { 'key-marker': after.key, 'upload-id-marker': after.uploadId }),
    };
    const reply = await session.call({ method: 'GET', bucket, query, repeatable: true });
    const page = parseXml(reply.text, 'ListMultipartUploadsResult');
    const decode = nameDecoder(page);
    yield* elements(page, 'Upload').map((upload) => ({
      key: decode(textOf(upload, 'Key')),
      uploadId: textOf(upload, 'UploadId'),
      initiated: textOf(upload, 'Initiated'),
    }));
    if (textOf(page, 'IsTruncated') !== 'true') return;
    const next = {
      key: decode(textOf(page, 'NextKeyMarker')),
      uploadId: textOf(page, 'NextUploadIdMarker'),
    };
    if (next.key === '' || (next.key === after.key && next.uploadId === after.uploadId)) return;
    after = next;
  }
}
