import type { ClaimPlan } from './claiming-source.ts';

const PARALLEL = 16;

/**
 * Takes over the frames that earlier tries of this instance had and did not bring home. They stay claimed all the time: a
 * frame that were let go could end as nobody's, when this try dies, too, and the others have ended meanwhile.
 * @returns the frames, in the order in which they are wanted
 */
export async function takeOverLost({
  claims,
  frames,
  instance,
  attempt,
  isStored,
}: Pick<ClaimPlan, 'claims' | 'frames' | 'instance' | 'attempt' | 'isStored'>): Promise<number[]> {
  // A first try has none before it.
  if (attempt === 0) return [];
  const taken = (await claims.taken()).entries();
  const lost = new Set<number>();
  const work = async (): Promise<void> => {
    // All workers draw from the one iterator.
    for (const [frame, since] of taken) {
      const owner = await claims.claimant(frame);
      if (owner?.instance !== instance || owner.attempt >= attempt) continue;
      if (await isStored(frame, since)) continue;
      await claims.takeOver(frame);
      lost.add(frame);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return frames.filter((frame) => lost.has(frame));
}
