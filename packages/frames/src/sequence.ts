import type { FrameList } from './frame-list.ts';

/** A frame list that also knows where each frame stands. */
export class Sequence {
  readonly frames: FrameList;
  readonly #positions: Map<number, number>;

  constructor(frames: FrameList) {
    this.#positions = new Map();
    for (const frame of frames) {
      if (!this.#positions.has(frame)) this.#positions.set(frame, this.#positions.size);
    }
    this.frames = [...this.#positions.keys()];
  }

  get length(): number {
    return this.frames.length;
  }

  at(position: number): number | undefined {
    return this.frames[position];
  }

  /** True when `frame` is one of the first `position` frames: an element that comes then may pass over it. */
  isBefore(frame: number, position: number): boolean {
    const own = this.#positions.get(frame);
    return own !== undefined && own < position;
  }
}
