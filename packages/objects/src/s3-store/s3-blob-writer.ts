import type { Client } from 'minio';
import type { BlobWriter } from '../file-store/blobs.ts';
import { withRetries } from './with-retries.ts';

/** S3 wants parts of 5 MiB at least; 10,000 of these are more than an object may have (5 GiB). */
const PART_BYTES = 8 * 1024 * 1024;

interface Part {
  part: number;
  etag: string;
}

/**
 * Writes one S3 object: in one request when it is small, else in parts, of which one is on its way while the next is
 * filled. It becomes visible with its last byte, never before.
 */
export class S3BlobWriter implements BlobWriter {
  readonly #client: Client;
  readonly #bucket: string;
  readonly #name: string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #uploadId: string | undefined;
  readonly #parts: Part[] = [];
  #sending: Promise<void> = Promise.resolve();
  #finishing = false;

  constructor(client: Client, bucket: string, name: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#name = name;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    const bytes = Buffer.concat(chunks);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes >= PART_BYTES) {
      await this.#sendPart();
    }
  }

  async finish(): Promise<void> {
    if (this.#uploadId === undefined) {
      const body = this.#takeWaiting();
      this.#finishing = true;
      await withRetries(() => this.#client.putObject(this.#bucket, this.#name, body, body.byteLength));
      return;
    }
    if (this.#waitingBytes > 0) {
      await this.#sendPart();
    }
    await this.#sending;
    this.#finishing = true;
    // Not repeated: if the answer of one that succeeded is lost, the next would be told that there is no such upload.
    await this.#client.completeMultipartUpload(this.#bucket, this.#name, this.#uploadId, this.#parts);
  }

  /** Does not fail: why the writer gives up is what the caller must hear. */
  async discard(): Promise<void> {
    this.#waiting = [];
    await this.#sending.catch(() => undefined);
    const uploadId = this.#uploadId;
    if (uploadId !== undefined) {
      await this.#tidy(() => this.#client.abortMultipartUpload(this.#bucket, this.#name, uploadId));
    }
    if (this.#finishing) {
      // The server may have carried out what it was not heard to confirm.
      await this.#tidy(() => this.#client.removeObject(this.#bucket, this.#name));
    }
  }

  async #tidy(request: () => Promise<void>): Promise<void> {
    await withRetries(request).catch((error: unknown) => {
      process.emitWarning(`${this.#name} could not be discarded: ${String(error)}`);
    });
  }

  async #sendPart(): Promise<void> {
    await this.#sending;
    const uploadID = (this.#uploadId ??= await withRetries(() =>
      this.#client.initiateNewMultipartUpload(this.#bucket, this.#name, {}),
    ));
    const body = this.#takeWaiting();
    const partNumber = this.#parts.length + 1;
    this.#sending = this.#send(uploadID, partNumber, body);
    // Awaited by the next part; until then a failure must not count as unhandled.
    this.#sending.catch(() => undefined);
  }

  async #send(uploadID: string, partNumber: number, body: Buffer): Promise<void> {
    const address = { bucketName: this.#bucket, objectName: this.#name, uploadID, partNumber };
    const { etag } = await withRetries(() => this.#client.uploadPart({ ...address, headers: {} }, body));
    this.#parts.push({ part: partNumber, etag });
  }

  #takeWaiting(): Buffer {
    const body = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    return body;
  }
}
