import { timingSafeEqual } from 'node:crypto';
import type { QueryPairs, Resource, SignableRequest } from './types.ts';

/** A request as it came, before it is known which bucket it is about. */
export interface ReceivedRequest {
  method: string;
  query: QueryPairs;
  headers: Readonly<Record<string, string>>;
}

/** What a request says about who signed it. Its dates have been checked, its signature has not. */
export interface SignatureClaim {
  accessKeyId: string;
  securityToken: string | undefined;
  /** The signature that came with the request. */
  signature: string;
  /** What may have been signed if the request is about `resource`; V1 with two dates leaves two readings. */
  stringsToSign(resource: Resource): string[];
  /** The signature of a text under a secret. */
  sign(secret: string, stringToSign: string): string;
}

/** Whether the claim holds for the resource under the secret. Takes the same time for any wrong signature. */
export function isClaimTrue(claim: SignatureClaim, resource: Resource, secret: string): boolean {
  const given = Buffer.from(claim.signature);
  return claim.stringsToSign(resource).some((text) => {
    const right = Buffer.from(claim.sign(secret, text));
    return right.byteLength === given.byteLength && timingSafeEqual(right, given);
  });
}

/** The request as it would be about the resource; nothing else of `resource` is looked at. */
export function aboutResource(request: ReceivedRequest, { bucket, key }: Resource): SignableRequest {
  return { ...request, bucket, key };
}
