import type { Content } from './block.ts';

/** A piece of a content, as the mount daemon asks the server for it. */
export interface ObjectRequest {
  content: Content;
  start: number;
  length: number;
}

/** Status of an answer when the object is not what it was: replaced or deleted. */
export const STATUS_STALE = 412;

export function encodeObjectRequest({ content, start, length }: ObjectRequest): string {
  const { bucket, key, etag, size } = content;
  const query = { bucket, key, etag, size: String(size), start: String(start), length: String(length) };
  return `/?${new URLSearchParams(query).toString()}`;
}

/** Undefined when the path is none that `encodeObjectRequest` made. */
export function decodeObjectRequest(path: string): ObjectRequest | undefined {
  const query = new URL(path, 'http://mount').searchParams;
  const [bucket, key, etag] = ['bucket', 'key', 'etag'].map((name) => query.get(name));
  const [size = -1, start = -1, length = -1] = ['size', 'start', 'length'].map((name) =>
    Number(query.get(name) ?? Number.NaN),
  );
  const isWhole = [size, start, length].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (bucket == null || key == null || etag == null || !isWhole) return undefined;
  return { content: { bucket, key, etag, size }, start, length };
}
