import { invalidAuthorization, missingHeader } from '@rebatch/model';

/** `Authorization: acs {AccessKeyId}:{Signature}` (spec §2). */
export interface Authorization {
  accessKeyId: string;
  signature: string;
}

/** @throws WireError MissingAuthorization, InvalidAuthorization */
export function parseAuthorization(value: string): Authorization {
  if (value === '') throw missingHeader('Authorization');
  const match = /^acs +([^\s:]+):(\S+)$/.exec(value);
  const [, accessKeyId, signature] = match ?? [];
  if (accessKeyId === undefined || signature === undefined) throw invalidAuthorization();
  return { accessKeyId, signature };
}
