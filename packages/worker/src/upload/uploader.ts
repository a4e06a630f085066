import type { Clock } from '@rebatch/model';
import { KeyedLock, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { failureOf } from '../failure-of.ts';
import { formatOssUrl, type OssUrl } from '../oss-url.ts';
import { waitOut } from '../wait-out.ts';
import type { Upload } from './collect-uploads.ts';
import { FileChanged } from './file-changed.ts';
import { FileFailure } from './file-failure.ts';
import { FileUnreadable } from './file-unreadable.ts';
import { type OpenFile, openRegularFile } from './open-regular-file.ts';
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
    const { clock, ledger, roots } = this.#options;
    signal.throwIfAborted();
    let file: OpenFile | undefined;
    try {
      file = await openRegularFile(upload.host, roots, upload.isMounted);
      const url = formatOssUrl(upload.to);
      if (file === undefined || ledger.isStored(url, file.state.mark)) return;
      const opened = file;
      await waitOut(() => this.#put(upload, opened, signal), { clock, forMs: PATIENCE_MS, signal });
      await ledger.stored(url, file.state.mark);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof FileChanged ? error : fileFailure(upload.to, error);
    } finally {
      await file?.handle.close();
    }
  }

  async #put(upload: Upload, file: OpenFile, signal: AbortSignal): Promise<void> {
    const { objects, ledger, largeBytes = LARGE_BYTES, partBytes = PART_BYTES } = this.#options;
    const { to } = upload;
    const { size, state } = file;
    const read = (slice: Slice) => readUnchanged(upload, file, slice, signal);
    if (size < largeBytes) {
      await objects.put(to.bucket, to.key, read({ start: 0, length: size }), { contentLength: size });
      return;
    }
    const large = { to, size, mark: state.mark, read };
    await this.#large.run('', () =>
      putInParts(large, { objects, ledger, partBytes, parallel: PARALLEL_PARTS }),
    );
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
