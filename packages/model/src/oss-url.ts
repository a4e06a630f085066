import { MAX_OBJECT_KEY } from './limits.ts';

/** A bucket and an object name, or a prefix when `key` is empty or ends in `/`. */
export interface OssUrl {
  bucket: string;
  key: string;
}

const OSS_URL = /^oss:\/\/([^/]*)(?:\/(.*))?$/s;
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const CONTROL = /\p{Cc}/u;

/** Why a text is no `oss://bucket/key`, as one sentence, or undefined when it is one (spec §12.1; names: spec/oss.md §3). */
export function ossUrlProblem(url: string): string | undefined {
  const match = OSS_URL.exec(url);
  if (match === null) return 'It must look like oss://bucket/key.';
  const [, bucket = '', key = ''] = match;
  if (!BUCKET.test(bucket))
    return 'Its bucket must have 3 to 63 characters within [a-z0-9-] and not begin or end with "-".';
  if (key.startsWith('/') || key.startsWith('\\')) return 'Its object name must not begin with "/" or "\\".';
  if (CONTROL.test(key)) return 'Its object name must not contain control characters.';
  if (new TextEncoder().encode(key).length > MAX_OBJECT_KEY) {
    return `Its object name must have at most ${MAX_OBJECT_KEY} bytes.`;
  }
  return undefined;
}

/**
 * Bucket and object name of `oss://bucket/key`. Object names stand as they are, without percent encoding.
 * @throws RangeError when {@link ossUrlProblem} has something to say.
 */
export function parseOssUrl(url: string): OssUrl {
  const problem = ossUrlProblem(url);
  if (problem !== undefined) throw new RangeError(`Not an OSS URL: ${JSON.stringify(url)}. ${problem}`);
  const [, bucket = '', key = ''] = OSS_URL.exec(url) ?? [];
  return { bucket, key };
}

/** The text form of a bucket and an object name; the bucket alone ends in `/`. */
export function formatOssUrl({ bucket, key }: OssUrl): string {
  return `oss://${bucket}/${key}`;
}
