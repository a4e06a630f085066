import { createHash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { formatOssUrl } from '@rebatch/model';
import { type ClientOptions, KeyedServer } from '../http/keyed-server.ts';
import { verified } from './checksum.ts';
import { startCrc64 } from './crc64.ts';
import { deleteBody } from './delete-body.ts';
import { downloadFile } from './download-file.ts';
import type { DownloadOptions } from './download-types.ts';
import { copyObject, type CopyOptions, type CopySource } from './copy-object.ts';
import { listEntries } from './list-entries.ts';
import { listUploads } from './list-uploads.ts';
import { listVersions } from './list-versions.ts';
import { ObjectWriter } from './object-writer.ts';
import { OssError } from './oss-error.ts';
import { OssSession } from './oss-session.ts';
import { remoteObject } from './remote-object.ts';
import type {
  Doomed,
  ListEntry,
  ReadOptions,
  RemoteBody,
  RemoteBucket,
  RemoteObject,
  SignedAccess,
  VersionEntry,
  Versioning,
  WantedRange,
} from './types.ts';
import { type UploadOptions, uploadFile } from './upload-file.ts';
import { elements, parseXml, textOf } from './xml.ts';

/** Pieces of large objects go over connections of their own. */
const MAX_SOCKETS = 64;

/**
 * A streaming client of the OSS dialect (spec/oss.md §1; V1 signatures, path style). Every method throws `OssError`
 * when the store refuses, `ConnectionError` when none answers, `ChecksumError` when bytes were damaged. Everything
 * that can be repeated is tried again after a server fault or a broken connection.
 */
export class OssClient {
  readonly endpoint: string;
  readonly #session: OssSession;

  /** @throws TypeError when `endpoint` is no address. */
  constructor(options: ClientOptions) {
    const server = new KeyedServer(options, MAX_SOCKETS);
    this.endpoint = server.transport.endpoint;
    this.#session = new OssSession(server);
  }

  async listBuckets(): Promise<RemoteBucket[]> {
    const reply = await this.#session.call({
      method: 'GET',
      query: { 'max-keys': '1000' },
      repeatable: true,
    });
    const buckets = elements(parseXml(reply.text, 'ListAllMyBucketsResult'), 'Buckets');
    return buckets
      .flatMap((parent) => elements(parent, 'Bucket'))
      .map((bucket) => ({
        name: textOf(bucket, 'Name'),
        created: Date.parse(textOf(bucket, 'CreationDate')) || 0,
      }));
  }

  /** Makes a bucket; one that is the caller's already is left as it is. */
  async makeBucket(bucket: string): Promise<void> {
    await this.#session.call({ method: 'PUT', bucket, repeatable: true });
  }

  async bucketExists(bucket: string): Promise<boolean> {
    try {
      await this.#session.call({ method: 'GET', bucket, query: { 'max-keys': '1' }, repeatable: true });
      return true;
    } catch (error) {
      if (error instanceof OssError && error.code === 'NoSuchBucket') return false;
      throw error;
    }
  }

  /** @throws OssError BucketNotEmpty */
  async deleteBucket(bucket: string): Promise<void> {
    await this.#session.call({ method: 'DELETE', bucket, repeatable: false });
  }

  async versioning(bucket: string): Promise<Versioning> {
    const reply = await this.#session.call({
      method: 'GET',
      bucket,
      query: { versioning: '' },
      repeatable: true,
    });
    const status = textOf(parseXml(reply.text, 'VersioningConfiguration'), 'Status');
    return status === 'Enabled' || status === 'Suspended' ? status : undefined;
  }

  /** There is no way back to a bucket that never kept versions (docs/object-store.md, Versions). */
  async setVersioning(bucket: string, status: NonNullable<Versioning>): Promise<void> {
    await this.#session.call({
      method: 'PUT',
      bucket,
      query: { versioning: '' },
      headers: { 'Content-Type': 'application/xml' },
      body: Buffer.from(`<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`),
      repeatable: true,
    });
  }

  /** Stores bytes that are in memory; files go by {@link uploadFile}. */
  async put(bucket: string, key: string, content: Uint8Array | string): Promise<RemoteObject> {
    const body = typeof content === 'string' ? Buffer.from(content) : content;
    return new ObjectWriter(this.#session, bucket, key).putWhole(body);
  }

  /** Uploads a file: large ones in parts, in parallel, going on with what an earlier try left. */
  async uploadFile(
    path: string,
    bucket: string,
    key: string,
    options: UploadOptions = {},
  ): Promise<RemoteObject> {
    return uploadFile(new ObjectWriter(this.#session, bucket, key), path, options);
  }

  /** Copies within the store: the bytes do not come here. @throws OssError NoSuchKey */
  async copy(
    source: CopySource,
    bucket: string,
    key: string,
    options: CopyOptions = {},
  ): Promise<RemoteObject> {
    const found = await this.head(source.bucket, source.key, source.versionId);
    return copyObject(this.#session, source, found, { bucket, key }, options);
  }

  /** @throws OssError NoSuchKey, NoSuchVersion */
  async head(bucket: string, key: string, versionId?: string): Promise<RemoteObject> {
    const query = versionQuery(versionId);
    const reply = await this.#session.call({ method: 'HEAD', bucket, key, query, repeatable: true });
    return remoteObject(reply.headers);
  }

  /** `head`, with `undefined` for an object that is not there. */
  async find(bucket: string, key: string, versionId?: string): Promise<RemoteObject | undefined> {
    try {
      return await this.head(bucket, key, versionId);
    } catch (error) {
      if (error instanceof OssError && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Opens an object, or `range` of it. @throws OssError NoSuchKey; InvalidRange when `range` starts behind the end */
  async get(
    bucket: string,
    key: string,
    range?: WantedRange,
    { versionId, signal }: ReadOptions = {},
  ): Promise<RemoteBody> {
    const query = versionQuery(versionId);
    const reply = await this.#session.open(
      { method: 'GET', bucket, key, query, headers: rangeHeaders(range), repeatable: true },
      signal,
    );
    const info = remoteObject(reply.headers);
    if (range !== undefined && reply.status !== 206) {
      reply.body.destroy();
      throw new OssError(
        416,
        'InvalidRange',
        '',
        'the store does not serve this range',
        formatOssUrl({ bucket, key }),
      );
    }
    const whole = range === undefined && info.crc64 !== '';
    return {
      ...info,
      body: whole ? await checked(reply.body, `oss://${bucket}/${key}`, info.crc64) : reply.body,
    };
  }

  /** Downloads to a file, which appears under its name only when whole; goes on after broken connections. */
  async downloadFile(
    bucket: string,
    key: string,
    path: string,
    options: DownloadOptions = {},
  ): Promise<RemoteObject> {
    return downloadFile(this, this.#session.retry, { bucket, key }, path, options);
  }

  /** Objects (and, with a delimiter, "folders") below a prefix, in key order, page after page. */
  list(
    bucket: string,
    options: { prefix?: string; delimiter?: string } = {},
  ): AsyncGenerator<ListEntry, void, undefined> {
    return listEntries(this.#session, bucket, options);
  }

  /** Gives up every unfinished upload of a bucket: its parts are gone. @returns how many those were */
  async abortUploads(bucket: string): Promise<number> {
    let aborted = 0;
    for await (const { key, uploadId } of listUploads(this.#session, bucket, '')) {
      await new ObjectWriter(this.#session, bucket, key).abort(uploadId);
      aborted += 1;
    }
    return aborted;
  }

  /** Every version and delete marker below a prefix, by key, then from new to old, page after page. */
  listVersions(
    bucket: string,
    options: { prefix?: string; delimiter?: string } = {},
  ): AsyncGenerator<VersionEntry, void, undefined> {
    return listVersions(this.#session, bucket, options);
  }

  /** Deleting what is not there is no error. With `versionId` that version is gone for good. */
  async delete(bucket: string, key: string, versionId?: string): Promise<void> {
    const query = versionQuery(versionId);
    await this.#session.call({ method: 'DELETE', bucket, key, query, repeatable: true });
  }

  /** Deletes up to 1,000 objects, or versions of them, in one request; those that are not there are no error. */
  async deleteMany(bucket: string, doomed: readonly Doomed[]): Promise<void> {
    const body = Buffer.from(deleteBody(doomed));
    const headers = { 'Content-Type': 'application/xml', 'Content-MD5': md5(body) };
    await this.#session.call({
      method: 'POST',
      bucket,
      query: { delete: '' },
      headers,
      body,
      repeatable: true,
    });
  }

  /** An address with which anybody may get (or put) the object for `seconds` from now, signed by V1. */
  signUrl(
    bucket: string,
    key: string,
    seconds: number,
    { method = 'GET', versionId, process }: SignedAccess = {},
  ): string {
    const expires = Math.floor(Date.now() / 1000) + seconds;
    const query = {
      ...versionQuery(versionId),
      ...(process === undefined ? {} : { 'x-oss-process': process }),
    };
    return this.#session.presign(method, bucket, key, expires, query);
  }

  /** Lets go of idle connections. */
  close(): void {
    this.#session.close();
  }
}

function versionQuery(versionId: string | undefined): Record<string, string> {
  return versionId === undefined ? {} : { versionId };
}

function rangeHeaders(range: WantedRange | undefined): Record<string, string> {
  if (range === undefined) return {};
  // Without the second header a range behind the end is answered with the whole object (spec/oss.md §1.7).
  return { Range: `bytes=${range.start}-${range.end ?? ''}`, 'x-oss-range-behavior': 'standard' };
}

function md5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

async function checked(body: Readable, what: string, crc64: string): Promise<Readable> {
  const check = verified(what, await startCrc64(), crc64);
  // An error of either side reaches the reader through `check`.
  return pipeline(body, check, () => {});
}
