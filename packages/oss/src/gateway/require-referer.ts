import type { ObjectStore } from '@rebatch/objects';
import { readRefererRules } from '../configs/referer-rules.ts';
import { refererDenied } from './oss-errors.ts';
import type { OssRequest } from './oss-request.ts';

/**
 * Keeps other people's pages from showing a bucket's objects. Asked of requests that a page can make: anonymous ones
 * and signed URLs, not those whose header is signed.
 * @throws OssError AccessDenied
 */
export async function requireReferer(store: ObjectStore, request: OssRequest, bucket: string): Promise<void> {
  if (request.header('authorization') !== undefined) {
    return;
  }
  const document = await store.getBucketConfig(bucket, 'referer');
  if (document !== undefined && !readRefererRules(document)(request.header('referer'))) {
    throw refererDenied();
  }
}
