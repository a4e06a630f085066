import { type ThreadedMd5, threadedMd5 } from '../md5/threaded-md5.ts';
import type { BlobWriter } from './blobs.ts';

/** Larger pieces would only take memory; smaller ones cost more messages between the threads. */
const PIECE_BYTES = 256 * 1024;

/** One is filled while others are hashed and written. */
const PIECES = 4;

/** Memory of bodies that are over, for those to come. */
const spare: SharedArrayBuffer[] = [];
const MOST_SPARE = 8;

/**
 * A body on its way to the disk, in memory of constant size (1 MiB) that is used again and again: while one piece of it
 * is filled, those before are hashed on another thread and written. Either `finish` or `discard` ends it; to
 * finish or discard the blob is the caller's.
 */
export class LargeBody {
  readonly #blob: BlobWriter;
  readonly #memory = spare.pop() ?? new SharedArrayBuffer(PIECE_BYTES * PIECES);
  readonly #md5: ThreadedMd5 = threadedMd5(this.#memory);
  readonly #pieces = Array.from({ length: PIECES }, (_, index) => ({
    bytes: new Uint8Array(this.#memory, index * PIECE_BYTES, PIECE_BYTES),
    /** Resolves when the piece may be filled again. */
    free: Promise.resolve(),
  }));
  #filling = 0;
  #filled = 0;
  #written: Promise<void> = Promise.resolve();
  #holdsMemory = true;

  constructor(blob: BlobWriter) {
    this.#blob = blob;
  }

  /** Resolves when more may come; the chunk may be changed from then on. */
  async write(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.byteLength > 0; ) {
      const piece = this.#current();
      if (this.#filled === 0) await piece.free;
      const taken = rest.subarray(0, PIECE_BYTES - this.#filled);
      piece.bytes.set(taken, this.#filled);
      this.#filled += taken.byteLength;
      rest = rest.subarray(taken.byteLength);
      if (this.#filled === PIECE_BYTES) this.#passOn();
    }
  }

  /** Resolves with the MD5 of the body when the blob has all of it. */
  async finish(): Promise<Buffer> {
    if (this.#filled > 0) this.#passOn();
    const [md5] = await Promise.all([this.#md5.digest(), this.#written]);
    this.#giveBack();
    return md5;
  }

  /** Resolves when nothing of it is being hashed or written any more. */
  async discard(): Promise<void> {
    this.#md5.discard();
    await Promise.allSettled(this.#pieces.map(({ free }) => free));
    this.#giveBack();
  }

  #current(): { bytes: Uint8Array; free: Promise<void> } {
    const piece = this.#pieces[this.#filling];
    if (piece === undefined) throw new Error(`a body has no piece ${this.#filling}`);
    return piece;
  }

  #passOn(): void {
    const piece = this.#current();
    const bytes = piece.bytes.subarray(0, this.#filled);
    this.#written = this.#written.then(() => this.#blob.append([bytes]));
    const hashed = this.#md5.update(bytes.byteOffset, bytes.byteLength);
    piece.free = Promise.all([hashed, this.#written]).then(() => undefined);
    // Awaited when it is filled again, or at the end; until then a failure must not count as unhandled.
    piece.free.catch(() => undefined);
    this.#filling = (this.#filling + 1) % PIECES;
    this.#filled = 0;
  }

  /** Once only: two bodies in the same memory would be torn, both. */
  #giveBack(): void {
    if (this.#holdsMemory && spare.length < MOST_SPARE) spare.push(this.#memory);
    this.#holdsMemory = false;
  }
}
