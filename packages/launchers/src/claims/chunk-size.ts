/** Claiming takes a request each, and a chunk is what a lost attempt may have begun. */
const MOST = 1000;

export interface ChunkFacts {
  /** How long a frame took so far; undefined before the first. */
  readonly secondsPerFrame: number | undefined;
  /** How long a chunk should take. */
  readonly targetSeconds: number;
  /** Frames that nobody is known to have. */
  readonly left: number;
  /** Instances that share them. */
  readonly of: number;
  /** Until the program is stopped. */
  readonly secondsLeft: number;
}

/**
 * How many frames to claim at once, at least one: as many as take about the target, but towards the end so few that the
 * others have as much to do, and no more than there is time for.
 */
export function chunkSize({ secondsPerFrame, targetSeconds, left, of, secondsLeft }: ChunkFacts): number {
  if (secondsPerFrame === undefined) return 1;
  const pace = Math.max(secondsPerFrame, 1e-6);
  const fair = Math.ceil(left / (2 * of));
  return Math.max(
    1,
    Math.min(Math.floor(targetSeconds / pace), Math.floor(secondsLeft / (2 * pace)), fair, MOST),
  );
}
