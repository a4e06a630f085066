import type { Content } from './block.ts';
import type { FilePiece } from './file-piece.ts';

/**
 * Where bytes come from that are not on this host yet. Every method waits while the other side cannot be reached, for as
 * long as it takes.
 */
export interface BlockSource {
  /** Bytes `start` to `start + length` of exactly this content. @throws StaleContentError */
  fetch(content: Content, start: number, length: number): Promise<Buffer>;
  /** Whole contents, together; undefined in place of those that were changed or deleted. */
  fetchSmall(contents: readonly Content[]): Promise<(Buffer | undefined)[]>;
  /** The files of this host that hold the content, in order; undefined when it is elsewhere. @throws StaleContentError */
  locate(content: Content): Promise<FilePiece[] | undefined>;
}

/** Thrown when the object was replaced or deleted after its prefix was listed: its bytes are not to be had any more. */
export class StaleContentError extends Error {
  constructor({ bucket, key, etag }: Content) {
    super(`oss://${bucket}/${key} was changed or deleted while it is mounted (it had the ETag ${etag})`);
    this.name = 'StaleContentError';
  }
}
