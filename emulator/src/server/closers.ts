/** What was opened, to be closed in the opposite order; also when opening stops half-way. */
export class Closers {
  readonly #closers: { name: string; close: () => void | Promise<void> }[] = [];

  /** `name`: for the message when closing fails. */
  add(name: string, close: () => void | Promise<void>): void {
    this.#closers.push({ name, close });
  }

  /** Closes all, later ones first; what fails to close does not keep the rest open. */
  async closeAll(failed: (name: string, error: unknown) => void): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        failed(closer.name, error);
      }
    }
  }
}
