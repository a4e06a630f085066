import type { CompletedPart } from '@rebatch/objects';
import { callBack } from '../callback/call-back.ts';
import { readCallback } from '../callback/read-callback.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument, malformedXml } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { percentEncodePath } from '../signatures/index.ts';
import { quoted, unquoted } from '../wire/quoted.ts';
import { readBody } from '../wire/read-body.ts';
import { requestedAclChange } from '../wire/requested-attributes.ts';
import { readXml } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';

/** 10,000 parts take about 1.2 MB. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** POST ?uploadId, with a list of parts or with `x-oss-complete-all: yes` (spec/oss.md §1.11). */
export async function completeUpload(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key, endpoint } = call;
  const { type, encode } = nameEncoding(request.params.get('encoding-type'));
  const callback = readCallback(call);
  const parts = await readParts(request);
  const createOnly = request.header('x-oss-forbid-overwrite')?.toLowerCase() === 'true';
  const uploadId = request.params.get('uploadId') ?? '';
  const info = await store.completeUpload(bucket, key, uploadId, parts, {
    ...(createOnly && { createOnly }),
    attributes: requestedAclChange(call),
  });
  if (callback !== undefined) {
    return callBack(call, callback, info);
  }
  return {
    status: 200,
    headers: writtenHeaders(call, info),
    body: writeXml('CompleteMultipartUploadResult', [
      ['EncodingType', type],
      ['Location', `http://${endpoint}${percentEncodePath(`/${bucket}/${key}`)}`],
      ['Bucket', bucket],
      ['Key', encode(key)],
      ['ETag', quoted(info.etag)],
    ]),
  };
}

async function readParts(request: OssRequest): Promise<CompletedPart[] | 'all'> {
  const all = request.header('x-oss-complete-all');
  const body = await readBody(request, BODY_LIMIT);
  if (all !== undefined) {
    if (all.toLowerCase() !== 'yes') {
      throw invalidArgument('x-oss-complete-all can only be yes.', 'x-oss-complete-all', all);
    }
    if (body.trim() !== '') {
      // Word for word the vendor's, its slip included: its clients' tests compare it.
      throw invalidArgument('Should not speficy both complete all header and http body.');
    }
    return 'all';
  }
  return readXml(body, 'CompleteMultipartUpload')
    .children('Part')
    .map((part) => {
      const number = part.text('PartNumber')?.trim() ?? '';
      const etag = part.text('ETag');
      if (!/^\d{1,9}$/.test(number) || etag === undefined) {
        throw malformedXml();
      }
      return { partNumber: Number(number), etag: unquoted(etag) };
    });
}
