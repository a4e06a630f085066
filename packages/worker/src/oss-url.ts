/** `oss://bucket/key`; an empty key or one that ends in `/` is a prefix. */
export interface OssUrl {
  bucket: string;
  key: string;
}

/** Parses `oss://bucket/key` (spec/batchcompute-api.md §12.1); undefined for anything else. */
export function parseOssUrl(url: string): OssUrl | undefined {
  const match = /^oss:\/\/([^/]+)(?:\/(.*))?$/s.exec(url);
  const bucket = match?.[1];
  if (bucket === undefined) return undefined;
  return { bucket, key: match?.[2] ?? '' };
}

export function isPrefix(url: OssUrl): boolean {
  return url.key === '' || url.key.endsWith('/');
}

export function formatOssUrl(url: OssUrl): string {
  return `oss://${url.bucket}/${url.key}`;
}
