import type { BucketInfo, ObjectInfo, ObjectType, PartInfo, UploadInfo } from '../../types.ts';

/** A row of `objects` as the database gives it. */
export interface ObjectRow {
  key: Uint8Array;
  content: number;
  size: number;
  etag: string;
  crc64: string;
  modified: number;
  type: string;
  contentType: string;
  userMetadata: string;
  headers: string;
}

/** What the store knows of an object: what callers see, and where its bytes are. */
export interface StoredObject {
  info: ObjectInfo;
  content: number;
}

export type Row = Record<string, unknown>;

export function keyToBytes(key: string): Buffer {
  return Buffer.from(key, 'utf8');
}

export function keyFromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

const OBJECT_TYPES: Record<string, ObjectType> = {
  Normal: 'Normal',
  Multipart: 'Multipart',
  Appendable: 'Appendable',
  Symlink: 'Symlink',
};

export function toStoredObject(bucket: string, row: Row): StoredObject {
  const object = row as unknown as ObjectRow;
  return {
    content: object.content,
    info: {
      bucket,
      key: keyFromBytes(object.key),
      size: object.size,
      etag: object.etag,
      crc64: object.crc64,
      lastModified: object.modified,
      type: OBJECT_TYPES[object.type] ?? 'Normal',
      contentType: object.contentType,
      userMetadata: parseStrings(object.userMetadata),
      headers: parseStrings(object.headers),
    },
  };
}

export function toBucketInfo(row: Row): BucketInfo {
  return {
    name: String(row['name']),
    owner: String(row['owner']),
    created: Number(row['created']),
    acl: String(row['acl']),
  };
}

export function toPartInfo(row: Row): PartInfo {
  return {
    partNumber: Number(row['number']),
    size: Number(row['size']),
    etag: String(row['etag']),
    crc64: String(row['crc64']),
    lastModified: Number(row['modified']),
  };
}

export function toUploadInfo(bucket: string, row: Row): UploadInfo {
  return {
    bucket,
    key: keyFromBytes(row['key'] as Uint8Array),
    uploadId: String(row['id']),
    initiated: Number(row['initiated']),
  };
}

/** Names are a caller's: an object without a prototype, so that `__proto__` is a name like any other. */
export function parseStrings(json: string): Record<string, string> {
  const strings: Record<string, string> = Object.create(null);
  if (json === '{}') {
    return strings;
  }
  for (const [name, value] of JSON.parse(json) as [string, string][]) {
    strings[name] = value;
  }
  return strings;
}

export function formatStrings(strings: Record<string, string> | undefined): string {
  const entries = Object.entries(strings ?? {});
  return entries.length === 0 ? '{}' : JSON.stringify(entries);
}
