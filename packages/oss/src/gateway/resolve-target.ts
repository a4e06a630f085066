import { isIP } from 'node:net';
import { isBucketName, type ObjectStore } from '@rebatch/objects';
import type { AccessKey, KeyRing } from '../keyring.ts';
import { tokenProblem } from '../token-problem.ts';
import { isClaimTrue, readClaim, type SignatureClaim } from '../signatures/index.ts';
import { decodePath } from '../wire/decode-path.ts';
import {
  invalidAccessKeyId,
  invalidSecurityToken,
  securityTokenExpired,
  signatureDoesNotMatch,
} from './oss-errors.ts';
import type { OssRequest } from './oss-request.ts';

/** What a request is about; without a bucket, about the service. */
export interface Target {
  bucket?: string;
  /** Empty when it is about the bucket. */
  key: string;
}

/**
 * Finds out who signed a request and what it is about. The signature covers `/bucket/key` whatever the URL looks like,
 * so the reading under which it is right is the one that the client meant (spec/oss.md §1.2).
 * @throws SignatureError, OssError InvalidAccessKeyId, SignatureDoesNotMatch, InvalidSecurityToken,
 *   SecurityTokenExpired, InvalidURI
 */
export async function resolveTarget(
  request: OssRequest,
  keys: KeyRing,
  store: ObjectStore,
  now: number,
): Promise<{ target: Target; account: AccessKey | undefined }> {
  const claim = readClaim(request, now);
  const readings = readTargets(request);
  if (claim === undefined) {
    return { target: await guessTarget(readings, store), account: undefined };
  }
  const account = keys.find(claim.accessKeyId);
  if (account === undefined) {
    throw invalidAccessKeyId(claim.accessKeyId);
  }
  const isMeant = (target: Target): boolean => isClaimTrue(claim, target, account.secret);
  const target = readings.find(isMeant) ?? (await cnameTargets(request, account, store)).find(isMeant);
  if (target === undefined) {
    throw mismatch(claim, readings[0] ?? { key: '' });
  }
  const problem = tokenProblem(account, claim.securityToken, now);
  if (problem !== undefined) {
    throw problem === 'expired' ? securityTokenExpired() : invalidSecurityToken(problem);
  }
  return { target, account };
}

/** What a request without a signature is about. */
export function unsignedTarget(request: OssRequest, store: ObjectStore): Promise<Target> {
  return guessTarget(readTargets(request), store);
}

/** Host first, as virtual-hosted clients mean it; then path style; then the service. */
function readTargets({ host, path }: OssRequest): Target[] {
  const targets: Target[] = [];
  const label = hostLabel(host);
  if (label !== undefined) {
    targets.push({ bucket: label, key: decodePath(path.slice(1)) });
  }
  if (path === '/') {
    targets.push({ key: '' });
    return targets;
  }
  const slash = path.indexOf('/', 1);
  const bucket = decodePath(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? '' : decodePath(path.slice(slash + 1));
  // ali-oss writes an absent bucket like this.
  targets.push(bucket === 'undefined' ? { key: '' } : { bucket, key });
  return targets;
}

function hostLabel(host: string): string | undefined {
  const dot = host.indexOf('.');
  const label = host.slice(0, Math.max(dot, 0));
  return dot > 0 && isIP(host) === 0 && label !== 'undefined' && isBucketName(label) ? label : undefined;
}

/** Nothing in a CNAME-shaped request names the bucket: it is one of the signer's. */
async function cnameTargets({ path }: OssRequest, account: AccessKey, store: ObjectStore): Promise<Target[]> {
  const buckets = await store.listBuckets(account.owner);
  return buckets.map(({ name }) => ({ bucket: name, key: decodePath(path.slice(1)) }));
}

/** Without a signature: the first reading whose bucket exists, else the last one. */
async function guessTarget(readings: readonly Target[], store: ObjectStore): Promise<Target> {
  const [first, last = first] = readings;
  if (first?.bucket !== undefined && last !== first) {
    const exists = await store.getBucket(first.bucket).then(
      () => true,
      () => false,
    );
    return exists ? first : (last ?? first);
  }
  return first ?? { key: '' };
}

function mismatch(claim: SignatureClaim, target: Target): Error {
  return signatureDoesNotMatch(claim.accessKeyId, claim.signature, claim.stringsToSign(target)[0] ?? '');
}
