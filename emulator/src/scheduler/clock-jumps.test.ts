import { type ManualClock, manualClock } from '@rebatch/model';
import { expect, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { openFarm } from './test-support/open-farm.ts';

const ME = { owner: '1000001' };
const HOUR = 3_600_000;

/** A clock whose hands can be set, while its timers count on, as the machine's do. */
function settable(): { clock: ManualClock; set: (ms: number) => void } {
  const steady = manualClock(Date.UTC(2026, 0, 1));
  let offset = 0;
  return {
    clock: { ...steady, now: () => steady.now() + offset },
    set: (ms) => {
      offset += ms;
    },
  };
}

test.each([
  ['back by an hour', -HOUR],
  ['on by a day', 24 * HOUR],
  ['back to 1970', -Date.UTC(2026, 0, 1)],
])('when the clock is set %s, jobs go on, and nothing ends before it starts', async (_how, jump) => {
  const { clock, set } = settable();
  const farm = await openFarm({ clock, simulate: 'duration=1s..5s,fail=0.2', slots: 3 });
  const tasks = { a: { instances: 6, retries: 9, before: ['b'] }, b: { instances: 2, retries: 9 } };
  const { Id: before } = await farm.control.submitJob(ME, dagJob(tasks));
  const { Id: stopped } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2 } }));
  await farm.run(async () => (await farm.control.getInstance(ME, stopped, 'a', 0)).State === 'Running');
  set(jump);
  await farm.control.stopJob(ME, stopped);
  const { Id: after } = await farm.control.submitJob(ME, dagJob(tasks));
  await farm.run();

  for (const id of [before, after]) {
    expect(await farm.control.getJob(ME, id)).toMatchObject({ State: 'Finished' });
  }
  expect(after > before).toBe(true);
  for (const id of [before, stopped, after]) {
    const job = await farm.control.getJob(ME, id);
    expect(job.StartTime >= job.CreationTime).toBe(true);
    expect(job.EndTime >= job.StartTime).toBe(true);
    const { Items: instances } = await farm.control.listInstances(
      ME,
      id,
      'a',
      {},
      { marker: '', limit: 100 },
    );
    for (const { StartTime, EndTime } of instances) expect(EndTime >= StartTime).toBe(true);
  }
  await farm.close();
});
