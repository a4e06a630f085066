import type { OnBytes, ReadOptions, RemoteBody, RemoteObject, WantedRange } from './types.ts';

export interface DownloadOptions extends ReadOptions {
  /** Told as bytes arrive; those that an earlier try left count at once. A negative number takes back. */
  onBytes?: OnBytes;
  /** Bytes of the object as a listing told them: large ones come in pieces and can be gone on with. */
  size?: number;
  /** Pieces on the way at once; default 4. */
  parallel?: number;
  /** Bytes of a piece; default 8 MiB. Objects up to that come in one request. */
  pieceSize?: number;
}

/** What of the client reading needs. */
export interface ObjectReader {
  get(bucket: string, key: string, range?: WantedRange, options?: ReadOptions): Promise<RemoteBody>;
}

/** What of the client a download needs. */
export interface ObjectDownloader extends ObjectReader {
  head(bucket: string, key: string, versionId?: string): Promise<RemoteObject>;
}

/** Thrown when an object was replaced while it was being downloaded in pieces. */
export class ObjectReplacedError extends Error {
  constructor(url: string) {
    super(`${url} was replaced while it was being downloaded: download it again`);
    this.name = 'ObjectReplacedError';
  }
}
