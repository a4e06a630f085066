import type { ObjectStore } from '@rebatch/objects';
import { type CorsRule, findCorsRule, readCorsRules } from '../configs/cors-rules.ts';
import { headerBytes } from '../wire/header-text.ts';
import type { OssReply } from './oss-call.ts';
import { corsForbidden } from './oss-errors.ts';
import type { OssRequest } from './oss-request.ts';

/** What browsers may read of an answer; ali-oss needs the ETag (spec/oss.md §1.7 CORS). */
const EXPOSED = [
  'Content-MD5',
  'Date',
  'ETag',
  'x-oss-err',
  'x-oss-hash-crc64ecma',
  'x-oss-next-append-position',
  'x-oss-object-type',
  'x-oss-request-id',
  'x-oss-server-time',
  'x-oss-storage-class',
  // User metadata has names of its own; a page that sends no cookies may be shown everything at once.
  '*',
];

/**
 * For buckets without rules of their own. Every origin is let in: nothing is done without a signature (there are no
 * cookies) but to read what is public anyway.
 */
const EVERYBODY: CorsRule = {
  origins: ['*'],
  methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
  headers: ['*'],
  exposed: EXPOSED,
  maxAge: 600,
  vary: false,
};

/** Headers for a browser on another origin; none when the bucket's rules do not let it in. */
export async function corsHeaders(
  store: ObjectStore,
  {
    headers: { origin },
    method = '',
  }: { headers: { origin?: string | undefined }; method?: string | undefined },
  bucket: string | undefined,
): Promise<Record<string, string>> {
  if (origin === undefined) {
    return {};
  }
  const rule = findCorsRule(await rulesOf(store, bucket), origin, method);
  return rule === undefined ? {} : { ...originHeaders(rule, origin), ...exposeHeaders(rule) };
}

/** Whether a browser asks before it sends. */
export function isPreflight(request: OssRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== undefined &&
    request.header('access-control-request-method') !== undefined
  );
}

/**
 * The answer to a browser that asks before it sends.
 * @throws OssError AccessForbidden; ObjectStoreError NoSuchBucket
 */
export async function preflightReply(
  store: ObjectStore,
  request: OssRequest,
  bucket: string | undefined,
): Promise<OssReply> {
  if (bucket !== undefined) {
    // Of a bucket that is not there nothing can be said.
    await store.getBucket(bucket);
  }
  const origin = request.header('origin') ?? '';
  const method = request.header('access-control-request-method') ?? '';
  const asked = request.header('access-control-request-headers') ?? '';
  const names = asked
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = findCorsRule(await rulesOf(store, bucket), origin, method, names);
  if (rule === undefined) {
    throw corsForbidden();
  }
  return {
    status: 200,
    headers: {
      ...originHeaders(rule, origin),
      ...exposeHeaders(rule),
      'Access-Control-Allow-Methods': rule.methods.join(', '),
      ...(asked !== '' && { 'Access-Control-Allow-Headers': headerBytes(names.join(', ')) }),
      ...(rule.maxAge !== undefined && { 'Access-Control-Max-Age': String(rule.maxAge) }),
    },
  };
}

async function rulesOf(store: ObjectStore, bucket: string | undefined): Promise<CorsRule[]> {
  const document =
    bucket === undefined
      ? undefined
      : // Of a bucket that is not there the answer itself tells.
        await store.getBucketConfig(bucket, 'cors').catch(() => undefined);
  return document === undefined ? [EVERYBODY] : readCorsRules(document);
}

function originHeaders(rule: CorsRule, origin: string): Record<string, string> {
  return rule.origins.includes('*')
    ? { 'Access-Control-Allow-Origin': '*', ...(rule.vary && { Vary: 'Origin' }) }
    : { 'Access-Control-Allow-Origin': headerBytes(origin), Vary: 'Origin' };
}

function exposeHeaders({ exposed }: CorsRule): Record<string, string> {
  return exposed.length === 0 ? {} : { 'Access-Control-Expose-Headers': exposed.join(', ') };
}
