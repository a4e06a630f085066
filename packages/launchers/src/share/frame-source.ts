import type { FrameList } from '@rebatch/frames';

/** What came of the frames that were given last. */
export interface Outcome {
  readonly rendered: number;
  readonly failed: number;
}

/** Where an instance gets its frames from. */
export interface FrameSource {
  /** The frames to render next, in order; none when there is nothing left to do. @throws StoreError */
  next(last: Outcome): Promise<FrameList>;
}
