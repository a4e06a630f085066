import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { readWebsiteRules, type WebsiteRules } from '../configs/website-rules.ts';
import { getObject } from '../operations/get-object.ts';
import { headObject } from '../operations/head-object.ts';
import type { AccessKey } from '../keyring.ts';
import { requireAccess } from './access.ts';
import { requireObjectGrant } from './grants.ts';
import type { OssCall, OssReply } from './oss-call.ts';
import type { OssRequest } from './oss-request.ts';
import type { Target } from './resolve-target.ts';

/** Whether this is what a person's browser sends: those who sign know what they ask for. */
function isVisit({ method, params }: OssRequest, account: AccessKey | undefined): boolean {
  return account === undefined && (method === 'GET' || method === 'HEAD') && params.size === 0;
}

/** A signed read of a folder that is no object of its own gives the index, too (the vendor's tests of oss2, TestWebsite). */
function isSignedRead({ request, account, key }: OssCall): boolean {
  return account !== undefined && request.method === 'GET' && request.params.size === 0 && key.endsWith('/');
}

/** What a visit is about: a folder (or the bucket itself) means its index document when the bucket is a website. */
export async function websiteTarget(
  store: ObjectStore,
  request: OssRequest,
  account: AccessKey | undefined,
  target: Target,
): Promise<Target> {
  const { bucket, key } = target;
  const isFolder = key === '' || key.endsWith('/');
  if (bucket === undefined || !isFolder || !isVisit(request, account)) {
    return target;
  }
  const rules = await rulesOf(store, bucket);
  return rules === undefined ? target : { bucket, key: rules.index(key) };
}

/** Runs a visit; where nothing is found the website's error document is shown. */
export async function withErrorDocument(
  call: OssCall,
  run: (call: OssCall) => Promise<OssReply>,
): Promise<OssReply> {
  try {
    return await run(call);
  } catch (error) {
    const { request, store, account, bucket } = call;
    const isMissing = error instanceof ObjectStoreError && error.code === 'NoSuchKey';
    const signed = isSignedRead(call);
    if (!isMissing || !(signed || isVisit(request, account))) {
      throw error;
    }
    const rules = await rulesOf(store, bucket);
    if (signed && rules !== undefined) {
      const key = rules.index(call.key);
      requireObjectGrant(account, bucket, key, 'read');
      await requireAccess(store, account, { bucket, key }, 'read');
      return getObject({ ...call, key });
    }
    const page = signed ? undefined : rules?.error;
    if (page === undefined) {
      throw error;
    }
    await requireAccess(store, account, { bucket, key: page.key }, 'read');
    const show = request.method === 'HEAD' ? headObject : getObject;
    return { ...(await show({ ...call, key: page.key })), status: page.status };
  }
}

async function rulesOf(store: ObjectStore, bucket: string): Promise<WebsiteRules | undefined> {
  const document = await store.getBucketConfig(bucket, 'website').catch(() => undefined);
  return document === undefined ? undefined : readWebsiteRules(document);
}
