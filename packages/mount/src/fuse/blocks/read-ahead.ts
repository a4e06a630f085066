/** Blocks ahead of a sequential reader at most: 32 MiB. */
const WIDEST = 8;
const MOST_READERS = 512;

interface Reader {
  /** The block read last. */
  block: number;
  /** Blocks to have ready behind it. */
  window: number;
}

/**
 * Guesses which blocks will be read next: none for a reader that jumps; for one that goes on to the following block
 * again and again, twice as many each time.
 */
export class ReadAhead {
  readonly #widest: number;
  readonly #longestStep: number;
  readonly #readers = new Map<string, Reader>();

  /** `widest`: blocks ahead at most. `longestStep`: a reader that passes over fewer goes on rather than jumps. */
  constructor({ widest = WIDEST, longestStep = 1 }: { widest?: number; longestStep?: number } = {}) {
    this.#widest = widest;
    this.#longestStep = longestStep;
  }

  /** Told of a read of `block` of the content `name`; answers the blocks to fetch ahead: a first and how many. */
  after(name: string, block: number): { first: number; count: number } {
    const reader = this.#readers.get(name);
    if (reader?.block === block) return { first: block + 1, count: 0 };
    const window = this.#windowAfter(reader, block);
    this.#readers.delete(name);
    this.#readers.set(name, { block, window });
    const [oldest] = this.#readers.keys();
    if (this.#readers.size > MOST_READERS && oldest !== undefined) this.#readers.delete(oldest);
    return { first: block + 1, count: window };
  }

  #windowAfter(reader: Reader | undefined, block: number): number {
    if (reader === undefined) return block === 0 ? 1 : 0;
    if (block <= reader.block || block > reader.block + this.#longestStep) return 0;
    return Math.min(this.#widest, Math.max(1, reader.window * 2));
  }
}
