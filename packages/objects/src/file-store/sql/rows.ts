import type {
  BucketInfo,
  ObjectInfo,
  ObjectType,
  PartInfo,
  PutOptions,
  UploadInfo,
  VersionInfo,
} from '../../types.ts';

/** What the store knows of an object: what callers see, and where its bytes are. */
export interface StoredObject {
  info: ObjectInfo;
  content: number;
  /** Greater than that of every older version of the key; 0 for what was written while its bucket kept no versions. */
  sequence: number;
}

/** A version beside what its key stands for, or a delete marker. */
export interface StoredVersion {
  versionId: string;
  sequence: number;
  /** Milliseconds since the epoch, as is the other date. */
  lastModified: number;
  /** When another version took its place; absent: it is a delete marker, and its key stands for nothing. */
  superseded: number | undefined;
  /** Absent: a delete marker. */
  object: StoredObject | undefined;
}

export interface ListedVersion {
  version: VersionInfo;
  sequence: number;
}

export type Row = Record<string, unknown>;

export function keyToBytes(key: string): Buffer {
  return Buffer.from(key, 'utf8');
}

/** Of the column, or of the text that a statement made of it. */
function keyFrom(column: unknown): string {
  if (typeof column === 'string') {
    return column;
  }
  if (!(column instanceof Uint8Array)) {
    throw new TypeError('a key in the metadata is neither BLOB nor text');
  }
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('utf8');
}

const OBJECT_TYPES: Record<string, ObjectType> = {
  Normal: 'Normal',
  Multipart: 'Multipart',
  Appendable: 'Appendable',
  Symlink: 'Symlink',
};

export function toStoredObject(bucket: string, row: Row): StoredObject {
  return {
    content: Number(row['content']),
    sequence: Number(row['sequence']),
    info: {
      bucket,
      key: keyFrom(row['key']),
      versionId: String(row['versionId']),
      size: Number(row['size']),
      etag: String(row['etag']),
      crc64: String(row['crc64']),
      lastModified: Number(row['modified']),
      type: OBJECT_TYPES[String(row['type'])] ?? 'Normal',
      contentType: String(row['contentType']),
      userMetadata: parseStrings(String(row['userMetadata'])),
      headers: parseStrings(String(row['headers'])),
      attributes: parseStrings(String(row['attributes'])),
    },
  };
}

export function toStoredVersion(bucket: string, row: Row): StoredVersion {
  const superseded = row['superseded'];
  return {
    versionId: String(row['versionId']),
    sequence: Number(row['sequence']),
    lastModified: Number(row['modified']),
    superseded: superseded === null ? undefined : Number(superseded),
    object: row['content'] === null ? undefined : toStoredObject(bucket, row),
  };
}

export function toListedVersion(bucket: string, row: Row): ListedVersion {
  const { versionId, sequence, lastModified, superseded, object } = toStoredVersion(bucket, row);
  return {
    sequence,
    version: {
      bucket,
      key: keyFrom(row['key']),
      versionId,
      lastModified,
      isLatest: superseded === undefined,
      ...(superseded !== undefined && { noncurrentSince: superseded }),
      ...(object !== undefined && { object: object.info }),
    },
  };
}

export function toBucketInfo(row: Row): BucketInfo {
  const versioning = row['versioning'];
  return {
    name: String(row['name']),
    owner: String(row['owner']),
    created: Number(row['created']),
    acl: String(row['acl']),
    ...((versioning === 'Enabled' || versioning === 'Suspended') && { versioning }),
    attributes: parseStrings(String(row['attributes'])),
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
    key: keyFrom(row['key']),
    uploadId: String(row['id']),
    initiated: Number(row['initiated']),
    attributes: parseUploadOptions(String(row['options'])).attributes ?? {},
  };
}

/** What an upload was begun with. */
export function parseUploadOptions(json: string): PutOptions {
  const kept: {
    contentType?: string;
    createOnly?: boolean;
    userMetadata: string;
    headers: string;
    /** Absent in uploads that were begun by a version without. */
    attributes?: string;
  } = JSON.parse(json);
  return {
    ...(kept.contentType !== undefined && { contentType: kept.contentType }),
    ...(kept.createOnly !== undefined && { createOnly: kept.createOnly }),
    userMetadata: parseStrings(kept.userMetadata),
    headers: parseStrings(kept.headers),
    attributes: parseStrings(kept.attributes ?? '{}'),
  };
}

/** Names are a caller's: an object without a prototype, so that `__proto__` is a name like any other. */
export function parseStrings(json: string): Record<string, string> {
  const strings: Record<string, string> = Object.create(null);
  if (json === '{}') {
    return strings;
  }
  const entries: [string, string][] = JSON.parse(json);
  for (const [name, value] of entries) {
    strings[name] = value;
  }
  return strings;
}

export function formatStrings(strings: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(strings ?? {});
  return entries.length === 0 ? '{}' : JSON.stringify(entries);
}
