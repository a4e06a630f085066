import { assertChecksum } from './checksum.ts';
import { contentTypeOf } from './content-type.ts';
import { crc64Of } from './crc64.ts';
import { listUploads, type UnfinishedUpload } from './list-uploads.ts';
import type { OssSession } from './oss-session.ts';
import { remoteObject, unquote } from './remote-object.ts';
import type { RemoteObject } from './types.ts';
import { elements, parseXml, textOf } from './xml.ts';

export interface StoredPart {
  partNumber: number;
  /** Upper-case MD5 hex. */
  etag: string;
  size: number;
}

/** The verbs that make one object, whole or in parts (spec/oss.md §1.7, §1.11). */
export class ObjectWriter {
  readonly bucket: string;
  readonly key: string;
  readonly #session: OssSession;

  constructor(session: OssSession, bucket: string, key: string) {
    this.#session = session;
    this.bucket = bucket;
    this.key = key;
  }

  /** Stores all bytes in one request. @throws ChecksumError when the store received others */
  async putWhole(body: Uint8Array, signal?: AbortSignal): Promise<RemoteObject> {
    const reply = await this.#session.call(
      {
        ...this.#object('PUT', {}),
        headers: { 'Content-Type': contentTypeOf(this.key) },
        body,
        repeatable: true,
      },
      signal,
    );
    const stored = { ...remoteObject(reply.headers), size: body.length };
    assertChecksum(`oss://${this.bucket}/${this.key}`, stored.crc64, await crc64Of(body));
    return stored;
  }

  /**
   * `headers`: of the object to be. Not repeated on a broken connection: each call opens an upload of its own.
   * @returns the upload's id
   */
  async initiate(headers: Record<string, string> = {}): Promise<string> {
    const reply = await this.#session.call({
      ...this.#object('POST', { uploads: '' }),
      headers: { 'Content-Type': contentTypeOf(this.key), ...headers },
      repeatable: false,
    });
    return textOf(parseXml(reply.text, 'InitiateMultipartUploadResult'), 'UploadId');
  }

  /** Ids of this object's unfinished uploads, the newest last. */
  async unfinished(): Promise<string[]> {
    const found: UnfinishedUpload[] = [];
    for await (const upload of listUploads(this.#session, this.bucket, this.key)) {
      // Behind it come the longer keys that it is the beginning of.
      if (upload.key !== this.key) break;
      found.push(upload);
    }
    return found
      .toSorted((one, other) => (one.initiated < other.initiated ? -1 : 1))
      .map(({ uploadId }) => uploadId);
  }

  async listParts(uploadId: string): Promise<StoredPart[]> {
    const parts: StoredPart[] = [];
    for (let marker = '0'; ; ) {
      const query = { uploadId, 'max-parts': '1000', 'part-number-marker': marker };
      const reply = await this.#session.call({ ...this.#object('GET', query), repeatable: true });
      const page = parseXml(reply.text, 'ListPartsResult');
      parts.push(
        ...elements(page, 'Part').map((part) => ({
          partNumber: Number(textOf(part, 'PartNumber')),
          etag: unquote(textOf(part, 'ETag')),
          size: Number(textOf(part, 'Size')),
        })),
      );
      const next = textOf(page, 'NextPartNumberMarker');
      if (textOf(page, 'IsTruncated') !== 'true' || next === '' || next === marker) return parts;
      marker = next;
    }
  }

  async putPart(
    uploadId: string,
    partNumber: number,
    body: Uint8Array,
    signal?: AbortSignal,
  ): Promise<RemoteObject> {
    const query = { partNumber: String(partNumber), uploadId };
    const reply = await this.#session.call({ ...this.#object('PUT', query), body, repeatable: true }, signal);
    return remoteObject(reply.headers);
  }

  /** Makes a part of bytes that are in the store already; `headers` name them. @returns the part's ETag */
  async copyPart(
    uploadId: string,
    partNumber: number,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<string> {
    const query = { partNumber: String(partNumber), uploadId };
    const reply = await this.#session.call(
      { ...this.#object('PUT', query), headers, repeatable: true },
      signal,
    );
    return unquote(textOf(parseXml(reply.text, 'CopyPartResult'), 'ETag'));
  }

  async abort(uploadId: string): Promise<void> {
    await this.#session.call({
      method: 'DELETE',
      bucket: this.bucket,
      key: this.key,
      query: { uploadId },
      repeatable: true,
    });
  }

  /** Makes the object of the parts; `parts` in ascending order. */
  async complete(
    uploadId: string,
    parts: readonly { partNumber: number; etag: string }[],
  ): Promise<RemoteObject> {
    const xml = parts
      .map((part) => `<Part><PartNumber>${part.partNumber}</PartNumber><ETag>"${part.etag}"</ETag></Part>`)
      .join('');
    const reply = await this.#session.call({
      ...this.#object('POST', { uploadId }),
      headers: { 'Content-Type': 'application/xml' },
      body: Buffer.from(`<CompleteMultipartUpload>${xml}</CompleteMultipartUpload>`),
      repeatable: false,
    });
    const etag = unquote(textOf(parseXml(reply.text, 'CompleteMultipartUploadResult'), 'ETag'));
    return { ...remoteObject(reply.headers), etag };
  }

  #object(method: 'GET' | 'POST' | 'PUT', query: Record<string, string>) {
    return { method, bucket: this.bucket, key: this.key, query };
  }
}
