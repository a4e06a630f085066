import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall } from '../gateway/oss-call.ts';
import { httpDate } from './format-time.ts';
import { ENCRYPTION, STORAGE_CLASS, TAGGING } from './attributes.ts';
import { headerBytes } from './header-text.ts';
import { quoted } from './quoted.ts';
import { restoreInfo } from './restore-info.ts';
import { parseTags } from './tags.ts';
import { versionHeaders } from './version.ts';

/** ETag and date, as every answer about an object has them. */
export function etagHeaders(info: ObjectInfo): Record<string, string> {
  return { ETag: quoted(info.etag), 'Last-Modified': httpDate(info.lastModified) };
}

/** Headers of an answer to a write: what was stored, for the client to compare (spec/oss.md §1.7). */
export function writtenHeaders(call: Pick<OssCall, 'bucketInfo'>, info: ObjectInfo): Record<string, string> {
  return {
    ETag: quoted(info.etag),
    ...versionHeaders(call, info),
    'x-oss-hash-crc64ecma': info.crc64,
    ...contentMd5(info),
    ...(info.attributes[ENCRYPTION] !== undefined && {
      'x-oss-server-side-encryption': info.attributes[ENCRYPTION],
    }),
  };
}

/** Headers of GET and HEAD, the length apart. The checksum is that of the whole object, whatever the range. */
export function objectHeaders(call: Pick<OssCall, 'bucketInfo'>, info: ObjectInfo): Record<string, string> {
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    'Content-Type': headerBytes(info.contentType),
    ...etagHeaders(info),
    ...contentMd5(info),
    ...versionHeaders(call, info),
    'x-oss-object-type': info.type,
    'x-oss-storage-class': info.attributes[STORAGE_CLASS] ?? 'Standard',
    'x-oss-hash-crc64ecma': info.crc64,
    ...attributeHeaders(info),
  };
  if (info.type === 'Appendable') {
    headers['x-oss-next-append-position'] = String(info.size);
  }
  for (const [name, value] of Object.entries(info.headers)) {
    headers[name] = headerBytes(value);
  }
  for (const [name, value] of Object.entries(info.userMetadata)) {
    headers[`x-oss-meta-${name}`] = headerBytes(value);
  }
  return headers;
}

/** Only a Normal object's ETag is the MD5 of its bytes (spec/oss.md §1.10). */
function contentMd5(info: ObjectInfo): Record<string, string> {
  return info.type === 'Normal' ? { 'Content-MD5': Buffer.from(info.etag, 'hex').toString('base64') } : {};
}

function attributeHeaders(info: ObjectInfo): Record<string, string> {
  const { attributes } = info;
  const headers: Record<string, string> = {};
  const tagging = attributes[TAGGING];
  if (tagging !== undefined) {
    headers['x-oss-tagging-count'] = String(parseTags(tagging).length);
  }
  const encryption = attributes[ENCRYPTION];
  if (encryption !== undefined) {
    headers['x-oss-server-side-encryption'] = encryption;
  }
  const restored = restoreInfo(info);
  if (restored !== undefined) {
    headers['x-oss-restore'] = restored;
  }
  return headers;
}
