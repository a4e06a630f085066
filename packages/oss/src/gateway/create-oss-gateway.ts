import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '@rebatch/model';
import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import type { ImageProcessor } from '../images/image-processor.ts';
import type { AccessKey, KeyRing } from '../keyring.ts';
import { requireAccess, type Subject } from './access.ts';
import { isForm } from '../post/read-form.ts';
import { postObject } from '../post/post-object.ts';
import { corsHeaders, isPreflight, preflightReply } from './cors.ts';
import { errorReply } from './error-reply.ts';
import { findRoute } from './find-route.ts';
import { requireGrant } from './grants.ts';
import type { OssCall, OssReply } from './oss-call.ts';
import { accessDenied } from './oss-errors.ts';
import { hostName, type OssRequest, readRequest } from './oss-request.ts';
import { requireReferer } from './require-referer.ts';
import { resolveTarget, type Target, unsignedTarget } from './resolve-target.ts';
import type { Route } from './routes.ts';
import { sendReply } from './send-reply.ts';
import { websiteTarget, withErrorDocument } from './website.ts';
import { pace, paceStream, readTrafficLimit } from '../wire/pace.ts';
import { readVersionId } from '../wire/version.ts';
import { type About, toOssError } from './to-oss-error.ts';

export interface OssGatewayOptions {
  store: ObjectStore;
  keys: KeyRing;
  clock: Clock;
  /** Bare, such as `cn-hangzhou` or `local`; signatures for any other region are as good. */
  region: string;
  /** `host:port` at which clients reach the gateway, for the documents that name it; default: where they did. */
  endpoint?: () => string;
  /** Bytes from which on followers of links are sent to where the object is kept, if the store can; default: never. */
  redirectFrom?: number;
  /** Whether clients may have this URL called when an object is stored (x-oss-callback); default: none. */
  mayCallBack?: (url: URL) => boolean;
  /** Makes pictures out of stored ones (x-oss-process); default: 501. Whoever gives it closes it. */
  images?: ImageProcessor;
  /** Hears of failures that are not the client's. Neither secrets nor signatures are in them. */
  onError?: (error: unknown, requestId: string) => void;
}

/** For `http.createServer`. */
export type OssGateway = (incoming: IncomingMessage, response: ServerResponse) => void;

/** The OSS dialect over an object store (spec/oss.md §1). */
export function createOssGateway(options: OssGatewayOptions): OssGateway {
  return (incoming, response) => {
    const id = randomBytes(12).toString('hex').toUpperCase();
    serve(options, id, incoming, response).catch((error: unknown) => {
      // The client has gone, or its answer broke off: the connection cannot be used any more.
      const clientLeft = response.destroyed;
      response.destroy();
      if (!clientLeft) {
        options.onError?.(error, id);
      }
    });
  };
}

async function serve(
  options: OssGatewayOptions,
  id: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = options.clock.now();
  const about: About = { method: incoming.method ?? 'GET' };
  let reply: OssReply;
  try {
    const request = readRequest(incoming, id, received);
    reply = await answer(options, request, about);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) {
      // Cut off in mid-body: nothing was stored, and nobody is there to be told.
      return;
    }
    const shown = toOssError(error, about);
    if (shown.status >= 500 && shown.cause !== undefined) {
      options.onError?.(shown.cause, id);
    }
    reply = errorReply(shown, {
      id,
      method: incoming.method ?? 'GET',
      host: hostName(incoming.headers.host),
    });
  }
  const headers = {
    Server: 'AliyunOSS',
    'x-oss-request-id': id,
    'x-oss-server-time': String(Math.max(0, options.clock.now() - received)),
    ...(await corsHeaders(options.store, incoming, about.bucket)),
    ...reply.headers,
  };
  await sendReply(incoming, response, { ...reply, headers });
}

async function answer(options: OssGatewayOptions, request: OssRequest, about: About): Promise<OssReply> {
  const { store, keys } = options;
  if (isPreflight(request)) {
    return preflightReply(store, request, (await unsignedTarget(request, store)).bucket);
  }
  if (isFormPost(request)) {
    const { bucket = '', key } = await unsignedTarget(request, store);
    if (bucket !== '' && key === '') {
      Object.assign(about, { bucket });
      return postObject(callOf(options, request, undefined, { bucket, key }), keys);
    }
  }
  const { target: named, account } = await resolveTarget(request, keys, store, request.received);
  const target = await websiteTarget(store, request, account, named);
  const { bucket = '', key } = target;
  Object.assign(about, bucket === '' ? {} : { bucket, key });
  const route = findRoute(request, levelOf(target));
  const versionId = route.versions === 'named' ? readVersionId(request.params) : undefined;
  Object.assign(about, { versionId });
  requireGrant(account, route, { bucket, key }, request);
  const bucketInfo = await admit(store, account, { bucket, key, versionId }, route);
  if (bucketInfo !== undefined) {
    await requireReferer(store, request, bucket);
  }
  const call = callOf(options, request, account, { bucket, key, versionId });
  return atItsPace(call, await withErrorDocument({ ...call, bucketInfo }, route.run));
}

/** Whoever sets a limit is told, before an answer's own bytes, for how long that has kept bytes waiting. */
function atItsPace({ pacing }: OssCall, reply: OssReply): OssReply {
  if (pacing.limit === undefined) {
    return reply;
  }
  const { body } = reply;
  const headers = { ...reply.headers, 'x-oss-qos-delay-time': String(Math.round(pacing.waitedMs)) };
  return typeof body === 'object'
    ? { ...reply, headers, body: { ...body, stream: paceStream(body.stream, pacing) } }
    : { ...reply, headers };
}

function callOf(
  options: OssGatewayOptions,
  request: OssRequest,
  account: AccessKey | undefined,
  { bucket, key, versionId }: Subject,
): OssCall {
  const { store, clock, region, redirectFrom, mayCallBack = nobody } = options;
  const pacing = { limit: readTrafficLimit(request), clock, waitedMs: 0 };
  return {
    request: { ...request, body: pace(request.body, pacing) },
    store,
    clock,
    account,
    bucket,
    key,
    versionId,
    bucketInfo: undefined,
    region,
    location: `oss-${region}`,
    endpoint: options.endpoint?.() ?? ownEndpoint(request),
    pacing,
    redirectFrom,
    images: options.images,
    mayCallBack,
  };
}

const nobody = (): boolean => false;

function isFormPost(request: OssRequest): boolean {
  return request.method === 'POST' && request.params.size === 0 && isForm(request);
}

function levelOf({ bucket, key }: Target): Route['level'] {
  if (bucket === undefined) {
    return 'service';
  }
  return key === '' ? 'bucket' : 'object';
}

/** @throws OssError AccessDenied; ObjectStoreError NoSuchBucket */
async function admit(
  store: ObjectStore,
  account: AccessKey | undefined,
  subject: Subject,
  { access }: Route,
): Promise<BucketInfo | undefined> {
  if (access !== 'account') {
    return requireAccess(store, account, subject, access);
  }
  if (account === undefined) {
    throw accessDenied('Anonymous access is forbidden for this operation.');
  }
  return undefined;
}

/** Where the client reached the gateway. A vendor's name in Host (vhost clients) is not where it can be found again. */
function ownEndpoint(request: OssRequest): string {
  const isOwn = request.host === 'localhost' || isIP(request.host) !== 0;
  return (isOwn ? request.header('host') : undefined) ?? request.local;
}
