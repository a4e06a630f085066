import { timingSafeEqual } from 'node:crypto';
import {
  invalidAccessKeyId,
  invalidArgument,
  invalidSecurityToken,
  securityTokenExpired,
  signatureDoesNotMatch,
} from '../gateway/oss-errors.ts';
import type { AccessKey, KeyRing } from '../keyring.ts';
import { parseCredential, signWithScope, V4_ALGORITHM } from '../signatures/v4-scope.ts';
import { hmacSha256 } from '../signatures/sign-v2.ts';
import { hmacSha1 } from '../signatures/sign-v1.ts';
import { tokenProblem } from '../token-problem.ts';

type Fields = ReadonlyMap<string, string>;

/** Who says to have signed the policy, with what, and how it would be signed under a secret. */
interface PostClaim {
  accessKeyId: string;
  signature: string;
  sign: (secret: string, policy: string) => string;
}

/**
 * Who signed a form's policy (spec/oss.md §1.6); nobody when it carries no signature. `now`: milliseconds.
 * @throws OssError InvalidArgument, InvalidAccessKeyId, SignatureDoesNotMatch, InvalidSecurityToken, SecurityTokenExpired
 */
export function postSigner(fields: Fields, keys: KeyRing, now: number): AccessKey | undefined {
  const claim = readClaim(fields);
  if (claim === undefined) {
    return undefined;
  }
  const policy = fields.get('policy');
  if (policy === undefined) {
    throw invalidArgument('A signed form needs its policy.', 'policy');
  }
  const account = keys.find(claim.accessKeyId);
  if (account === undefined) {
    throw invalidAccessKeyId(claim.accessKeyId);
  }
  const right = Buffer.from(claim.sign(account.secret, policy));
  const given = Buffer.from(claim.signature);
  if (right.byteLength !== given.byteLength || !timingSafeEqual(right, given)) {
    throw signatureDoesNotMatch(claim.accessKeyId, claim.signature, policy);
  }
  const problem = tokenProblem(account, fields.get('x-oss-security-token'), now);
  if (problem !== undefined) {
    throw problem === 'expired' ? securityTokenExpired() : invalidSecurityToken(problem);
  }
  return account;
}

function readClaim(fields: Fields): PostClaim | undefined {
  const version = fields.get('x-oss-signature-version');
  if (version === V4_ALGORITHM) {
    return v4Claim(fields);
  }
  if (version === 'OSS2') {
    return claimOf(fields, 'x-oss-access-key-id', 'x-oss-signature', hmacSha256);
  }
  if (version !== undefined) {
    throw invalidArgument('The signature version is not known.', 'x-oss-signature-version', version);
  }
  if (!fields.has('ossaccesskeyid') && !fields.has('signature')) {
    return undefined;
  }
  return claimOf(fields, 'ossaccesskeyid', 'signature', hmacSha1);
}

function v4Claim(fields: Fields): PostClaim {
  const { accessKeyId, scope } = parseCredential(fields.get('x-oss-credential') ?? '') ?? {};
  const date = fields.get('x-oss-date');
  if (accessKeyId === undefined || scope === undefined || date?.startsWith(scope.date) !== true) {
    throw invalidArgument('The credential or the date of the form is malformed.', 'x-oss-credential');
  }
  return {
    ...claimOf(fields, 'x-oss-credential', 'x-oss-signature', (secret, policy) =>
      signWithScope(secret, scope, policy),
    ),
    accessKeyId,
  };
}

function claimOf(fields: Fields, id: string, signature: string, sign: PostClaim['sign']): PostClaim {
  const accessKeyId = fields.get(id);
  const given = fields.get(signature);
  if (accessKeyId === undefined || given === undefined) {
    throw invalidArgument(`A signed form has the fields ${id} and ${signature}.`);
  }
  return { accessKeyId, signature: given, sign };
}
