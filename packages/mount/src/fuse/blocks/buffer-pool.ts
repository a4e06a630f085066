const BUFFER_BYTES = 1024 * 1024;
const MOST_SPARE = 32;

/** Buffers of 1 MiB that are used again: fresh memory costs more than filling it. */
export class BufferPool {
  readonly #spare: Buffer[] = [];

  /** At least `bytes` long; longer than 1 MiB only when asked for. */
  take(bytes: number): Buffer {
    if (bytes > BUFFER_BYTES) return Buffer.allocUnsafeSlow(bytes);
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  giveBack(buffer: Buffer): void {
    if (buffer.length === BUFFER_BYTES && this.#spare.length < MOST_SPARE) this.#spare.push(buffer);
  }
}
