import type { ProgressLine } from '@rebatch/launchers';

/** A frame in the making. */
interface Rendering {
  frame: number;
  /** 0 to 1. */
  fraction: number;
}

/** How far a render is, from the progress lines of its instances. A frame counts once, however often it was tried. */
export class RenderProgress {
  readonly total: number;
  readonly #saved = new Set<number>();
  readonly #rendering = new Map<number, Rendering>();
  #firstAt: number | undefined;
  #seconds = 0;

  constructor(total: number) {
    this.total = total;
  }

  /** @returns true when the line tells of a frame that is new among the finished ones. */
  add(instance: number, line: ProgressLine, now: number): boolean {
    if (line.kind === 'piece' || line.kind === 'thumbnail') return false;
    if (line.kind === 'rendering') {
      this.#firstAt ??= now;
      const { done, of } = line.sample ?? { done: 0, of: 1 };
      this.#rendering.set(instance, { frame: line.frame, fraction: of === 0 ? 0 : done / of });
      return false;
    }
    this.#rendering.delete(instance);
    if (line.kind === 'done' || line.kind === 'missing' || this.#saved.has(line.frame)) return false;
    this.#firstAt ??= now;
    this.#saved.add(line.frame);
    this.#seconds += line.kind === 'skipped' ? 0 : (line.seconds ?? 0);
    return true;
  }

  get done(): number {
    return this.#saved.size;
  }

  /** Seconds that instances spent on the finished frames. */
  get renderSeconds(): number {
    return this.#seconds;
  }

  /** 0 to 1, frames in the making counted by their samples. */
  get fraction(): number {
    const parts = [...this.#rendering.values()].filter(({ frame }) => !this.#saved.has(frame));
    const partial = parts.reduce((sum, part) => sum + part.fraction, 0);
    return this.total === 0 ? 1 : Math.min(1, (this.#saved.size + partial) / this.total);
  }

  /** Milliseconds that the rest will take at the pace so far; undefined while there is no pace yet. */
  remaining(now: number): number | undefined {
    if (this.#firstAt === undefined || this.fraction === 0) return undefined;
    return ((now - this.#firstAt) / this.fraction) * (1 - this.fraction);
  }

  /** Milliseconds since the first frame was begun. */
  renderingFor(now: number): number {
    return this.#firstAt === undefined ? 0 : now - this.#firstAt;
  }
}
