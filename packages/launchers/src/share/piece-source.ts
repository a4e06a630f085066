import type { FrameList } from '@rebatch/frames';
import type { FrameSource } from './frame-source.ts';

/** The instance's equal share of the frames, all at once. */
export class PieceSource implements FrameSource {
  #frames: FrameList;

  constructor(frames: FrameList) {
    this.#frames = frames;
  }

  async next(): Promise<FrameList> {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }
}
