import type { Content } from './block.ts';

/** Where blocks come from when they are not on this host yet. */
export interface BlockSource {
  /**
   * Bytes `start` to `start + length` of exactly this content. Waits while the other side cannot be reached, for as
   * long as it takes.
   * @throws StaleContentError
   */
  fetch(content: Content, start: number, length: number): Promise<Buffer>;
}

/** Thrown when the object was replaced or deleted after its prefix was listed: its bytes are not to be had any more. */
export class StaleContentError extends Error {
  constructor({ bucket, key, etag }: Content) {
    super(`oss://${bucket}/${key} was changed or deleted while it is mounted (it had the ETag ${etag})`);
    this.name = 'StaleContentError';
  }
}
