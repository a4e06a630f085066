/** The blocks fetched last, in memory, so that they can be read before they are on the disk. */
export class RecentBlocks {
  readonly #mostBytes: number;
  readonly #blocks = new Map<string, Buffer>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(name: string): Buffer | undefined {
    return this.#blocks.get(name);
  }

  add(name: string, block: Buffer): void {
    this.#remove(name);
    this.#blocks.set(name, block);
    this.#bytes += block.length;
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#remove(oldest);
    }
  }

  #remove(name: string): void {
    const block = this.#blocks.get(name);
    if (block === undefined) return;
    this.#blocks.delete(name);
    this.#bytes -= block.length;
  }
}
