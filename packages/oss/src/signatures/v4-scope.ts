import { createHmac } from 'node:crypto';

export const V4_ALGORITHM = 'OSS4-HMAC-SHA256';

/** Who signed, for which day, region and product (spec/oss.md §1.5). */
export interface V4Scope {
  /** `yyyymmdd` */
  date: string;
  /** Bare, such as `cn-hangzhou`; empty when the client knew none. */
  region: string;
  /** `oss` */
  product: string;
}

export function formatV4Scope({ date, region, product }: V4Scope): string {
  return `${date}/${region}/${product}/aliyun_v4_request`;
}

const CREDENTIAL = /^([^/\s]+)\/(\d{8})\/([^/\s]*)\/([^/\s]+)\/aliyun_v4_request$/;

/** Who signed with which scope; nothing when the text is no credential. */
export function parseCredential(text: string): { accessKeyId: string; scope: V4Scope } | undefined {
  const [, accessKeyId, date, region, product] = CREDENTIAL.exec(text) ?? [];
  return accessKeyId === undefined || date === undefined || region === undefined || product === undefined
    ? undefined
    : { accessKeyId, scope: { date, region, product } };
}

/** `yyyymmddThhmmssZ` of milliseconds since the epoch. */
export function formatV4Time(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Signature, in hex. */
export function signWithScope(secret: string, scope: V4Scope, stringToSign: string): string {
  let key: string | Buffer = `aliyun_v4${secret}`;
  for (const step of [scope.date, scope.region, scope.product, 'aliyun_v4_request']) {
    key = createHmac('sha256', key).update(step, 'utf8').digest();
  }
  return createHmac('sha256', key).update(stringToSign, 'utf8').digest('hex');
}
