import type { Clock } from '@rebatch/model';
import { KeyedLock, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { failureOf } from '../failure-of.ts';
import { formatOssUrl, type OssUrl } from '../oss-url.ts';
import { waitOut } from '../wait-out.ts';
import type { Upload } from './collect-uploads.ts';
import { FileChanged } from './file-changed.ts';
import { FileFailure } from './file-failure.ts';
import { FileUnreadable } from './file-unreadable.ts';
import { openRegularFile } from './open-regular-file.ts';
import { putInParts } from './put-in-parts.ts';
import { readUnchanged, type Slice } from './read-unchanged.ts';
import type { UploadLedger } from './upload-ledger.ts';

/** Files from this size on go up in parts, so that a crash does not cost what is up already. */
const LARGE_BYTES = 256 * 1024 * 1024;
const PART_BYTES = 64 * 1024 * 1024;
const PARALLEL_PARTS = 4;
/** How long a store may be away before an attempt fails for want of it. */
const PATIENCE_MS = 10 * 60_000;

export interface UploaderOptions {
  objects: ObjectStore;
  clock: Clock;
  ledger: UploadLedger;
  /** Folders, without links, below which files may lie. */
  roots: readonly string[];
  /** Default: 256 MiB. */
  largeBytes?: number;
  /** Default: 64 MiB. */
  partBytes?: number;
}

/** Brings one attempt's files to the object store: each object appears whole or not at all, and none is sent twice. */
export class Uploader {
  readonly #options: UploaderOptions;
  /** One large file after the other: its parts are as many bodies at once as there should be. */
  readonly #large = new KeyedLock();

  constructor(options: UploaderOptions) {
    this.#options = options;
  }

  /**
   * Does nothing for a file that is gone, or that is what was uploaded already. Waits for a store that is away.
   * @throws FileChanged; FileFailure naming the object; what the signal was aborted with, leaving no trace
   */
  async upload(upload: Upload, signal: AbortSignal): Promise<void> {
    const { objects, clock, ledger, roots, largeBytes = LARGE_BYTES } = this.#options;
    signal.throwIfAborted();
    try {
      const file = await openRegularFile(upload.host, roots, upload.isMounted);
      if (file === undefined) return;
      await file.handle.close();
      const { size } = file;
      const { mark } = file.state;
      const url = formatOssUrl(upload.to);
      if (ledger.isStored(url, mark)) return;
      const read = (slice: Slice) => readUnchanged(upload, mark, slice, roots, signal);
      const put = async (): Promise<void> => {
        const { bucket, key } = upload.to;
        if (size < largeBytes) {
          await objects.put(bucket, key, read({ start: 0, length: size }), { contentLength: size });
        } else {
          await this.#large.run('', () => this.#inParts({ to: upload.to, size, mark, read }));
        }
      };
      await waitOut(put, { clock, forMs: PATIENCE_MS, signal });
      await ledger.stored(url, mark);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof FileChanged ? error : fileFailure(upload.to, error);
    }
  }

  #inParts(file: Parameters<typeof putInParts>[0]): Promise<void> {
    const { objects, ledger, partBytes = PART_BYTES } = this.#options;
    return putInParts(file, { objects, ledger, partBytes, parallel: PARALLEL_PARTS });
  }
}

function fileFailure(to: OssUrl, error: unknown): FileFailure {
  if (error instanceof FileUnreadable) {
    return new FileFailure(to, 'InternalError', error.message, { cause: error, isItsOwn: true });
  }
  if (error instanceof ObjectStoreError && error.code === 'InvalidObjectName') {
    return new FileFailure(to, error.code, error.message, { cause: error, isItsOwn: true });
  }
  const { code, message } = failureOf(error);
  return new FileFailure(to, code, message, { cause: error, isItsOwn: false });
}
