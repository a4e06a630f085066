export { isClaimTrue, type ReceivedRequest, type SignatureClaim } from './claim.ts';
export { percentEncode, percentEncodePath } from './percent-encode.ts';
export { readClaim } from './read-claim.ts';
export { presignV1, signV1 } from './sign-v1.ts';
export { presignV4, signV4, type V4Options } from './sign-v4.ts';
export { SignatureError } from './signature-error.ts';
export { isSubResource } from './sub-resources.ts';
export type { Credentials, QueryPairs, Resource, SignableRequest, SignedQuery } from './types.ts';
export { formatV4Time } from './v4-scope.ts';
