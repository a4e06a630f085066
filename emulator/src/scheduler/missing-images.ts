import type { Clock } from '@rebatch/model';

/** Milliseconds between two looks for an image that is missing. */
const LOOK_AGAIN_MS = 5000;

export interface MissingImagesOptions {
  clock: Clock;
  /** True when the executor has the image. */
  hasImage(image: string): Promise<boolean>;
  /** An image that was missing is there. */
  found(image: string): void;
}

/**
 * Images that attempts asked for and the engine does not have. Their tasks wait, since somebody will bring the image
 * rather than write the job anew; it is looked for until it is there.
 */
export class MissingImages {
  readonly #options: MissingImagesOptions;
  /** Tasks (their rows) by the image that they miss. */
  readonly #tasks = new Map<string, Set<number>>();
  readonly #imageOf = new Map<number, string>();

  constructor(options: MissingImagesOptions) {
    this.#options = options;
  }

  /** The image that a task was found to miss. */
  of(taskRow: number): string | undefined {
    return this.#imageOf.get(taskRow);
  }

  add(taskRow: number, image: string): void {
    this.#imageOf.set(taskRow, image);
    const tasks = this.#tasks.get(image);
    if (tasks !== undefined) {
      tasks.add(taskRow);
      return;
    }
    this.#tasks.set(image, new Set([taskRow]));
    this.#lookLater(image);
  }

  /** Forgets a task that is over. */
  remove(taskRow: number): void {
    const image = this.#imageOf.get(taskRow);
    if (image === undefined) return;
    this.#imageOf.delete(taskRow);
    const tasks = this.#tasks.get(image);
    tasks?.delete(taskRow);
    if (tasks?.size === 0) this.#tasks.delete(image);
  }

  #lookLater(image: string): void {
    this.#options.clock.after(LOOK_AGAIN_MS, () => {
      if (!this.#tasks.has(image)) return;
      this.#options.hasImage(image).then(
        (there) => (there ? this.#found(image) : this.#lookLater(image)),
        () => this.#lookLater(image),
      );
    });
  }

  #found(image: string): void {
    for (const taskRow of this.#tasks.get(image) ?? []) this.#imageOf.delete(taskRow);
    this.#tasks.delete(image);
    this.#options.found(image);
  }
}
