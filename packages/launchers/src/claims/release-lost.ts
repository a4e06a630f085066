import type { ClaimPlan } from './claiming-source.ts';

const PARALLEL = 16;

/**
 * Lets go of the frames that earlier tries of this instance had and did not bring home, so that anybody may render them.
 * @returns how many
 */
export async function releaseLost({
  claims,
  instance,
  attempt,
  isStored,
}: Pick<ClaimPlan, 'claims' | 'instance' | 'attempt' | 'isStored'>): Promise<number> {
  // A first try has none before it.
  if (attempt === 0) return 0;
  const taken = (await claims.taken()).entries();
  let released = 0;
  const work = async (): Promise<void> => {
    // All workers draw from the one iterator.
    for (const [frame, since] of taken) {
      const owner = await claims.claimant(frame);
      if (owner?.instance !== instance || owner.attempt >= attempt) continue;
      if (await isStored(frame, since)) continue;
      await claims.release(frame);
      released += 1;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return released;
}
