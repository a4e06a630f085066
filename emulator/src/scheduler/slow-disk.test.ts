import { expect, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { openFarm } from './test-support/open-farm.ts';

const ME = { owner: '1000001' };
const JOBS = 60;

test('on a slow disk, what comes while it writes shares the next write, and all of it is done', async () => {
  let writes = 0;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const farm = await openFarm({
    simulate: 'duration=10ms',
    slots: 20,
    written() {
      writes++;
      // As an fsync does it: nothing else of this process runs meanwhile.
      Atomics.wait(pause, 0, 0, 20);
    },
  });
  const ids = await Promise.all(
    Array.from({ length: JOBS }, async () => (await farm.control.submitJob(ME, dagJob({ a: {} }))).Id),
  );
  expect(writes).toBeLessThan(10);
  await farm.run();
  for (const id of ids) expect(await farm.control.getJob(ME, id)).toMatchObject({ State: 'Finished' });
  await farm.close();
});
