import type { BodySource, ObjectInfo } from '@rebatch/objects';
import { readCallback } from '../callback/read-callback.ts';
import { callBack } from '../callback/call-back.ts';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant } from '../gateway/grants.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { accessDenied, fileSizeRefused, invalidArgument, malformedPost } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';
import type { KeyRing } from '../keyring.ts';
import { percentEncode, percentEncodePath } from '../signatures/index.ts';
import { isHeaderText } from '../wire/header-text.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { pace, readTrafficLimit } from '../wire/pace.ts';
import { metadataOptions } from '../wire/put-options.ts';
import { quoted } from '../wire/quoted.ts';
import { writeXml } from '../xml/write-xml.ts';
import { checkPostPolicy, type LengthRange } from './post-policy.ts';
import { postSigner } from './post-signer.ts';
import { type PostForm, readForm } from './read-form.ts';

/** Fields that become headers of the object besides its metadata. */
const SENT_BACK = new Set(
  'cache-control content-disposition content-encoding content-language content-type expires x-oss-content-type'.split(
    ' ',
  ),
);

/**
 * PostObject: a browser's form puts an object into the bucket. Who may is decided by the form's own signature; those of
 * header and URL are not looked at (spec/oss.md §1.6).
 */
export async function postObject(call: OssCall, keys: KeyRing): Promise<OssReply> {
  const { request, store, bucket } = call;
  const { fields, file } = await readForm(request);
  try {
    const account = postSigner(fields, keys, request.received);
    const key = (fields.get('key') ?? '').replaceAll('${filename}', () => file.name);
    if (key === '') {
      throw invalidArgument('The form needs the field key.', 'key');
    }
    const range = checkForm(account === undefined, fields, bucket, key, request.received);
    requireObjectGrant(account, bucket, key, 'write');
    const bucketInfo = await requireAccess(store, account, { bucket, key }, 'write');
    const asPut: OssCall = { ...call, account, key, bucketInfo, request: asHeaders(request, fields) };
    const callback = readCallback(asPut);
    const pacing = { ...call.pacing, limit: readTrafficLimit(asPut.request) };
    const body = pace(limited(file.body, range), pacing);
    const info = await store.put(bucket, key, body, metadataOptions(asPut));
    return callback === undefined ? success(asPut, fields, info) : await callBack(asPut, callback, info);
  } finally {
    file.body.resume();
  }
}

function checkForm(
  isAnonymous: boolean,
  fields: PostForm['fields'],
  bucket: string,
  key: string,
  now: number,
): LengthRange {
  const policy = fields.get('policy');
  if (policy === undefined) {
    return { least: 0, most: Number.MAX_SAFE_INTEGER };
  }
  if (isAnonymous) {
    throw accessDenied('A policy counts only with a signature.');
  }
  return checkPostPolicy(policy, new Map([...fields, ['bucket', bucket], ['key', key]]), now);
}

/** The fields as if they were the headers of a PUT; nothing else of the form's own headers counts. */
function asHeaders(request: OssRequest, fields: PostForm['fields']): OssRequest {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of fields) {
    requireHeader(name, value);
    headers[name] = value;
  }
  const contentType = fields.get('x-oss-content-type') ?? fields.get('content-type');
  if (contentType !== undefined) {
    headers['content-type'] = contentType;
  }
  return { ...request, headers, header: (name) => headers[name] };
}

/** What is kept of a form must be fit to be sent as a header some day. */
function requireHeader(name: string, value: string): void {
  const isKept = name.startsWith('x-oss-meta-') || SENT_BACK.has(name);
  if (isKept && (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !isHeaderText(value))) {
    throw invalidArgument('The field cannot be sent as a header.', name, value);
  }
}

/** A form that breaks off is the sender's fault. */
async function* whole(body: BodySource): BodySource {
  try {
    yield* body;
  } catch (error) {
    throw malformedPost('it breaks off', error);
  }
}

async function* limited(body: BodySource, { least, most }: LengthRange): BodySource {
  let size = 0;
  for await (const chunk of whole(body)) {
    size += chunk.byteLength;
    if (size > most) {
      throw fileSizeRefused('EntityTooLarge');
    }
    yield chunk;
  }
  if (size < least) {
    throw fileSizeRefused('EntityTooSmall');
  }
}

function success(call: OssCall, fields: PostForm['fields'], info: ObjectInfo): OssReply {
  const { bucket, key, endpoint } = call;
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    const about = `bucket=${percentEncode(bucket)}&key=${percentEncode(key)}&etag=${percentEncode(quoted(info.etag))}`;
    url.search = url.search === '' ? about : `${url.search.slice(1)}&${about}`;
    return { status: 303, headers: { ...writtenHeaders(call, info), Location: url.href } };
  }
  const location = `http://${endpoint}${percentEncodePath(`/${bucket}/${key}`)}`;
  const headers = { ...writtenHeaders(call, info), Location: location };
  const status = fields.get('success_action_status') ?? '';
  if (status === '201') {
    const body = writeXml('PostResponse', [
      ['Bucket', bucket],
      ['ETag', quoted(info.etag)],
      ['Location', location],
      ['Key', key],
    ]);
    return { status: 201, headers, body };
  }
  return { status: status === '200' ? 200 : 204, headers };
}
