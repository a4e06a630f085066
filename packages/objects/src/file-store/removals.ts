/**
 * Takes blobs away, each when its last reader has finished. A blob that could not be taken away stays unwanted: the
 * sweep of the next start gets it.
 */
export class Removals {
  readonly #erase: (id: number) => Promise<void>;
  readonly #readers = new Map<number, number>();
  readonly #unwanted = new Set<number>();
  readonly #running = new Set<Promise<void>>();

  constructor(erase: (id: number) => Promise<void>) {
    this.#erase = erase;
  }

  /** Keeps the blob from being removed until the returned function is called (once). */
  hold(id: number): () => void {
    this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#readers.get(id) ?? 1) - 1;
      if (left > 0) {
        this.#readers.set(id, left);
        return;
      }
      this.#readers.delete(id);
      if (this.#unwanted.delete(id)) {
        this.#start(id);
      }
    };
  }

  /** Removes the blob, now or after its last reader. Failure leaves an orphan for the next sweep. */
  remove(id: number): void {
    if (this.#readers.has(id)) {
      this.#unwanted.add(id);
    } else {
      this.#start(id);
    }
  }

  /** Waits for removals under way. Returns whether everything unwanted is gone. */
  async settle(): Promise<boolean> {
    await Promise.all(this.#running);
    return this.#unwanted.size === 0;
  }

  #start(id: number): void {
    const removal = this.#erase(id)
      .catch((error: unknown) => {
        process.emitWarning(`blob ${id} could not be removed: ${String(error)}`);
        this.#unwanted.add(id);
      })
      .then(() => {
        this.#running.delete(removal);
      });
    this.#running.add(removal);
  }
}
