import { createHmac } from 'node:crypto';
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { damaged } from './mutate.ts';
import type { Random } from './random.ts';
import type { Account, Answer, FuzzRequest } from './send.ts';

/** Parameters that the signature covers (spec/oss.md §1.2). */
const SUB_RESOURCES: readonly [string, ...string[]] = [
  'acl',
  'append',
  'bucketInfo',
  'cors',
  'delete',
  'location',
  'objectMeta',
  'partNumber',
  'position',
  'response-content-type',
  'symlink',
  'tagging',
  'uploadId',
  'uploads',
];

const LIST_PARAMETERS: readonly [string, ...string[]] = [
  'prefix',
  'delimiter',
  'marker',
  'max-keys',
  'list-type',
  'continuation-token',
  'encoding-type',
  'max-uploads',
];

const HEADERS: readonly [string, ...string[]] = [
  'Range',
  'If-Match',
  'If-Modified-Since',
  'Content-MD5',
  'Content-Encoding',
  'x-oss-meta-a',
  'x-oss-copy-source',
  'x-oss-copy-source-range',
  'x-oss-forbid-overwrite',
  'x-oss-object-acl',
  'x-oss-storage-class',
  'x-oss-security-token',
];

const VALUES: readonly [string, ...string[]] = [
  '',
  '0',
  '-1',
  '1',
  '99999999999999999999',
  'bytes=0-',
  'bytes=5-1',
  'bytes=-0',
  'bytes=0-99999999999999999999',
  'true',
  '/fuzz/key',
  '/fuzz/../key',
  '/',
  'x'.repeat(2000),
];

const BODIES: readonly [string, ...string[]] = [
  '',
  'hello',
  '<Delete><Object><Key>key</Key></Object></Delete>',
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"x"</ETag></Part></CompleteMultipartUpload>',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><Delete>&d;</Delete>',
  '<a>'.repeat(5000),
];

/** A request of the object gateway with something odd about it, most of the time; signed as an SDK would. */
export function ossRequest(random: Random, account: Account): FuzzRequest {
  const method = random.pick(['GET', 'GET', 'PUT', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']);
  const bucket = random.chance(0.9) ? 'fuzz' : random.pick(HOSTILE_TEXTS).toWellFormed();
  const key = random.pick(['', 'key', 'a/b', 'a//b', random.pick(HOSTILE_TEXTS).toWellFormed()]);
  const path = `/${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const parameters: [string, string][] = [];
  while (random.chance(0.4)) {
    const names = random.chance(0.6) ? SUB_RESOURCES : LIST_PARAMETERS;
    parameters.push([random.pick(names), random.pick(VALUES)]);
  }
  const headers: Record<string, string> = { Accept: '*/*', Date: new Date().toUTCString() };
  if (random.chance(0.4)) headers[random.pick(HEADERS)] = random.pick(VALUES);
  const text = Buffer.from(random.pick(BODIES));
  const body = random.chance(0.3) ? damaged(text, random) : text;
  if (random.chance(0.95))
    headers['Authorization'] = authorization(account, method, bucket, key, parameters, headers);
  const query = parameters.map(([name, value]) =>
    value === '' ? name : `${name}=${encodeURIComponent(value)}`,
  );
  return {
    method,
    target: `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers,
    ...(method === 'PUT' || method === 'POST' ? { body } : {}),
    signed: false,
  };
}

/** Signature V1 (spec/oss.md §1.2). `send` says that a body is JSON. */
function authorization(
  { id, secret }: Account,
  method: string,
  bucket: string,
  key: string,
  parameters: [string, string][],
  headers: Record<string, string>,
): string {
  const signed = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith('x-oss-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const covered = parameters
    .filter(([name]) => SUB_RESOURCES.includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = `/${bucket}/${key}${covered.length === 0 ? '' : `?${covered.join('&')}`}`;
  const head = [method, headers['Content-MD5'] ?? '', 'application/json', headers['Date'] ?? ''];
  const text = `${head.join('\n')}\n${signed}${resource}`;
  return `OSS ${id}:${createHmac('sha1', secret).update(text).digest('base64')}`;
}

/** What is wrong with an answer of the object gateway; 501 is the vendor's own for what it does not have. */
export function complaintAboutOss({ status, headers, body }: Answer, method: string): string | undefined {
  if (
    status >= 500 &&
    !(status === 501 && method === 'HEAD') &&
    !body.includes('<Code>NotImplemented</Code>')
  ) {
    return `status ${status}: ${body.slice(0, 300)}`;
  }
  if (status < 400 || method === 'HEAD' || method === 'OPTIONS') return undefined;
  if (!headers['content-type']?.startsWith('application/xml'))
    return `content type ${headers['content-type']}`;
  return /^<\?xml[^]*<Code>\w+<\/Code>/.test(body) ? undefined : `no error document: ${body.slice(0, 200)}`;
}
