import { assertChecksum } from './checksum.ts';
import { contentTypeOf } from './content-type.ts';
import { crc64Of } from './crc64.ts';
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

  /** @returns the upload's id. Not repeated on a broken connection: each call opens an upload of its own. */
  async initiate(): Promise<string> {
    const reply = await this.#session.call({
      ...this.#object('POST', { uploads: '' }),
      headers: { 'Content-Type': contentTypeOf(this.key) },
      repeatable: false,
    });
    return textOf(parseXml(reply.text, 'InitiateMultipartUploadResult'), 'UploadId');
  }

  /** Ids of this object's unfinished uploads, the newest last. */
  async unfinished(): Promise<string[]> {
    const reply = await this.#session.call({
      method: 'GET',
      bucket: this.bucket,
      query: { uploads: '', prefix: this.key, 'max-uploads': '1000' },
      repeatable: true,
    });
    return elements(parseXml(reply.text, 'ListMultipartUploadsResult'), 'Upload')
      .filter((upload) => textOf(upload, 'Key') === this.key)
      .toSorted((a, b) => (textOf(a, 'Initiated') < textOf(b, 'Initiated') ? -1 : 1))
      .map((upload) => textOf(upload, 'UploadId'));
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
