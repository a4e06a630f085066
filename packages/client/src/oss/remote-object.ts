import type { IncomingHttpHeaders } from 'node:http';
import type { RemoteObject } from './types.ts';

/** Reads an object's properties from reply headers (spec/oss.md §1.9). */
export function remoteObject(headers: IncomingHttpHeaders): RemoteObject {
  return {
    size: totalSize(headers),
    etag: unquote(headers.etag ?? ''),
    crc64: one(headers['x-oss-hash-crc64ecma']),
    lastModified: Date.parse(headers['last-modified'] ?? '') || 0,
    contentType: headers['content-type'] ?? '',
    userMetadata: userMetadata(headers),
    versionId: one(headers['x-oss-version-id']),
  };
}

const META = 'x-oss-meta-';

function userMetadata(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(META));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(META.length), one(value)]));
}

/** ETags come quoted in headers and in XML (spec/oss.md §1.8). */
export function unquote(etag: string): string {
  return etag.replaceAll('"', '');
}

/** `Content-Range: bytes 5-9/100` tells the whole object's size on a partial answer. */
function totalSize(headers: IncomingHttpHeaders): number {
  const total = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return Number(total ?? headers['content-length'] ?? 0);
}

function one(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
