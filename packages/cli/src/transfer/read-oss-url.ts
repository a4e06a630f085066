import { type OssUrl, ossUrlProblem, parseOssUrl } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';

/** A bucket or a prefix. @throws UsageError when it is no oss:// address */
export function readOssUrl(text: string): OssUrl {
  const problem = ossUrlProblem(text);
  if (problem !== undefined) throw new UsageError(`"${text}" is not an oss://bucket/key address: ${problem}`);
  return parseOssUrl(text);
}

/** One object. @throws UsageError when it is a bucket, a prefix or no oss:// address */
export function readObjectUrl(text: string): OssUrl {
  const url = readOssUrl(text);
  if (url.key === '' || url.key.endsWith('/')) {
    throw new UsageError(`"${text}" is not one object; list it with "rebatch ls ${text}"`);
  }
  return url;
}

/** A bucket alone. @throws UsageError when a key follows or it is no oss:// address */
export function readBucketUrl(text: string): string {
  const { bucket, key } = readOssUrl(text);
  if (key !== '') throw new UsageError(`"${text}" is more than a bucket: oss://${bucket}`);
  return bucket;
}
