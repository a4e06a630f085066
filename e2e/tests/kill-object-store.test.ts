import { expect, test } from 'vitest';
import { crashTest } from '../crash/crash-test.ts';

/** The same at full size: `npm run crash -- --kills 50 --writes 10000` (docs/reliability.md). */
const KILLS = 3;
const WRITES = 500;

test(`an object store that is killed ${KILLS} times in the middle of writes loses and tears nothing`, async () => {
  const { rounds, ...found } = await crashTest({ kills: KILLS, writes: WRITES, seed: 7 });
  expect(rounds).toHaveLength(KILLS);
  expect(rounds.reduce((sum, { cut }) => sum + cut, 0)).toBeGreaterThan(0);
  expect(found).toEqual({ lost: [], torn: [], damaged: 0, orphans: 0 });
});
