import type { S3ServeOptions } from './serve-options.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_BUCKET = 'rebatch';
const DEFAULT_REGION = 'us-east-1';
const SIZE = /^(\d{1,12})(|k|m|g)$/i;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * Reads where `--objects s3` keeps the bytes. All of it comes from the environment: keys must not be on a command
 * line, and the rest stands beside them.
 *
 * @throws UsageError
 */
export function parseS3Options(env: Environment): S3ServeOptions {
  const read = (name: string): string | undefined => env[`REBATCH_S3_${name}`] || undefined;
  const endpoint = read('ENDPOINT');
  const accessKey = read('ACCESS_KEY');
  const secretKey = read('SECRET_KEY');
  if (endpoint === undefined || accessKey === undefined || secretKey === undefined) {
    throw new UsageError(
      '--objects s3 needs REBATCH_S3_ENDPOINT, REBATCH_S3_ACCESS_KEY and REBATCH_S3_SECRET_KEY in the environment',
    );
  }
  const sessionToken = read('SESSION_TOKEN');
  const redirectFrom = read('REDIRECT_FROM');
  return {
    endpoint: parseEndpoint(endpoint),
    accessKey,
    secretKey,
    ...(sessionToken !== undefined && { sessionToken }),
    bucket: parseBucket(read('BUCKET') ?? DEFAULT_BUCKET),
    region: read('REGION') ?? DEFAULT_REGION,
    pathStyle: parseAddressing(read('ADDRESSING') ?? 'path'),
    ...(redirectFrom !== undefined && { redirectFrom: parseSize(redirectFrom) }),
  };
}

/** A server's base URL. One with a path or with keys in it would be used in a way that nobody means. */
function parseEndpoint(text: string): string {
  const url = URL.parse(text);
  const isPlain = url?.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (isPlain && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  throw new UsageError(
    'REBATCH_S3_ENDPOINT must be http://HOST[:PORT] or https://HOST[:PORT] and nothing more',
  );
}

function parseBucket(text: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)) return text;
  throw new UsageError(`REBATCH_S3_BUCKET cannot be the name of a bucket: ${JSON.stringify(text)}`);
}

function parseAddressing(text: string): boolean {
  if (text === 'path' || text === 'host') return text === 'path';
  throw new UsageError(`REBATCH_S3_ADDRESSING must be path or host, not ${JSON.stringify(text)}`);
}

function parseSize(text: string): number {
  const [, digits, unit = ''] = SIZE.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  throw new UsageError(`REBATCH_S3_REDIRECT_FROM must be a size such as 64m, not ${JSON.stringify(text)}`);
}
