import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JobDescription, manualClock } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { type Farm, openFarm } from './test-support/open-farm.ts';
import { World } from './test-support/world.ts';

const ME = { owner: '1000001' };
const OTHER = { owner: '1000002' };
const PAGE = { marker: '', limit: 100 };
const OK = { kind: 'exited', exitCode: 0 } as const;

/** A farm whose programs the test starts and ends. */
async function farmOver(
  slots: number,
  hasImage = (): boolean => true,
): Promise<{ farm: Farm; world: World }> {
  const world = new World();
  const executor = { ...world.executor(slots), hasImage: async () => hasImage() };
  const farm = await openFarm({ clock: manualClock(), executor });
  onTestFinished(async () => {
    await farm.close();
    expect(farm.failures).toEqual([]);
  });
  return { farm, world };
}

/** A job of one task with variables. */
function job(instances: number, variables: Record<string, string> = {}): JobDescription {
  const description = dagJob({ a: { instances } });
  const task = description.Type === 'DAG' ? description.DAG.Tasks['a'] : undefined;
  if (task !== undefined) task.Parameters.Command.EnvVars = variables;
  return description;
}

async function submit(farm: Farm, caller: { owner: string }, description: JobDescription): Promise<string> {
  const { Id: id } = await farm.control.submitJob(caller, description);
  await farm.scheduler.settled();
  return id;
}

const reasonOf = async (
  { control }: Farm,
  caller: { owner: string },
  id: string,
  task = 'a',
): Promise<string> => (await control.getTask(caller, id, task)).Message;

test('a licence limits attempts over all jobs and accounts, and its freeing lets the next one go', async () => {
  const { farm, world } = await farmOver(8);
  farm.store.saveLimit('maya', 2);
  const maya = { REBATCH_LIMITS: 'maya' };
  const first = await submit(farm, ME, job(3, maya));
  const second = await submit(farm, OTHER, job(1, maya));
  const free = await submit(farm, ME, job(1, { REBATCH_LIMITS: 'unlimited' }));
  expect(world.begun).toEqual([`${first}.a.0.0`, `${first}.a.1.0`, `${free}.a.0.0`]);
  expect(await reasonOf(farm, OTHER, second)).toBe('limit maya: 2 of 2 in use');
  expect((await farm.control.getJob(OTHER, second)).Message).toBe('Waiting: limit maya: 2 of 2 in use.');
  expect((await farm.control.getInstance(ME, first, 'a', 2)).Message).toBe('limit maya: 2 of 2 in use');
  expect((await farm.control.getJob(ME, first)).Message).toBe('');

  world.ended(`${first}.a.0.0`, OK);
  await farm.scheduler.settled();
  // Both have one attempt fewer than the limit allows; the other account has none at all.
  expect(world.begun.at(-1)).toBe(`${second}.a.0.0`);

  farm.store.saveLimit('maya', 3);
  farm.scheduler.rulesChanged();
  await farm.scheduler.settled();
  expect(world.begun.at(-1)).toBe(`${first}.a.2.0`);
});

test('a lost attempt gives its licence back, and its next one takes it again', async () => {
  const { farm, world } = await farmOver(4);
  farm.store.saveLimit('maya', 1);
  const id = await submit(farm, ME, job(2, { REBATCH_LIMITS: 'maya' }));
  expect(farm.store.limitsInUse()).toEqual(new Map([['maya', 1]]));
  world.ended(`${id}.a.0.0`, { kind: 'lost', message: 'node gone' });
  await farm.scheduler.settled();
  expect(world.begun).toEqual([`${id}.a.0.0`, `${id}.a.0.1`]);
  expect(farm.store.limitsInUse()).toEqual(new Map([['maya', 1]]));
});

test('a licence is held until the last attempt has ended, also when its job was stopped and the server restarted', async () => {
  const world = new World();
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-limits-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'store.db');
  const first = await openFarm({ path, executor: world.executor(4) });
  first.store.saveLimit('maya', 1);
  const stopped = await submit(first, ME, job(1, { REBATCH_LIMITS: 'maya' }));
  const next = await submit(first, OTHER, job(1, { REBATCH_LIMITS: 'maya' }));
  // The server dies before it can ask for the kill.
  world.deaf = true;
  await first.control.stopJob(ME, stopped);
  first.crash();

  const second = await openFarm({ path, executor: world.executor(4) });
  onTestFinished(() => second.close());
  await second.scheduler.settled();
  expect(await reasonOf(second, OTHER, next)).toBe('limit maya: 1 of 1 in use');
  expect(world.begun).toEqual([`${stopped}.a.0.0`]);
  world.ended(`${stopped}.a.0.0`, OK);
  await second.scheduler.settled();
  expect(world.begun).toEqual([`${stopped}.a.0.0`, `${next}.a.0.0`]);
});

test('an owner runs no more instances at once than the quota says, others do not mind', async () => {
  const { farm, world } = await farmOver(8);
  farm.store.saveQuota(ME.owner, 'instances', 2);
  const mine = await submit(farm, ME, job(4));
  await submit(farm, OTHER, job(3));
  expect(world.begun.filter((id) => id.startsWith(mine))).toHaveLength(2);
  expect(world.begun).toHaveLength(5);
  expect(await reasonOf(farm, ME, mine)).toBe('quota of running instances: 2 of 2 in use');
});

test('no more jobs are stored than the quota says, and a repeated request still gets its answer', async () => {
  const { farm } = await farmOver(0);
  farm.store.saveQuota('', 'jobs', 1);
  const first = await farm.control.submitJob(ME, job(1), 'token');
  await expect(farm.control.submitJob(ME, job(1), 'other')).rejects.toMatchObject({
    status: 503,
    code: 'QuotaExhausted',
    message: 'The quota of jobs is exhausted: 1.',
  });
  expect(await farm.control.submitJob(ME, job(1), 'token')).toEqual(first);
  await expect(farm.control.submitJob(OTHER, job(1))).resolves.toHaveProperty('Id');
  await farm.control.stopJob(ME, first.Id);
  await farm.control.deleteJob(ME, first.Id);
  // The refused request left nothing of its token behind.
  await expect(farm.control.submitJob(ME, job(1), 'other')).resolves.toHaveProperty('Id');
});

test('preview-first runs the first, the last and the middles first, and listings stay in order', async () => {
  const { farm, world } = await farmOver(3);
  const id = await submit(farm, ME, job(9, { REBATCH_INSTANCE_ORDER: 'preview-first' }));
  expect(world.begun).toEqual([0, 8, 4].map((n) => `${id}.a.${n}.0`));
  const { Items: items } = await farm.control.listInstances(ME, id, 'a', {}, PAGE);
  expect(items.map(({ InstanceId }) => InstanceId)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const waiting = await farm.control.listInstances(
    ME,
    id,
    'a',
    { state: 'Waiting' },
    { marker: '3', limit: 3 },
  );
  expect(waiting.Items.map(({ InstanceId }) => InstanceId)).toEqual([3, 4, 5]);
  for (let n = 0; n < 9; n++) {
    for (const running of world.running()) world.ended(running, OK);
    await farm.scheduler.settled();
  }
  expect(world.begun).toEqual([0, 8, 4, 2, 6, 1, 3, 5, 7].map((n) => `${id}.a.${n}.0`));
  expect(await farm.control.getJob(ME, id)).toMatchObject({ State: 'Finished', Message: '' });
});

test('a task behind another names the one that it waits for', async () => {
  const { farm, world } = await farmOver(1);
  const id = await submit(farm, ME, dagJob({ split: { before: ['merge'] }, merge: { instances: 2 } }));
  expect(await reasonOf(farm, ME, id, 'merge')).toBe('predecessor `split` still waiting');
  expect((await farm.control.getInstance(ME, id, 'split', 0)).Message).toBe('being prepared');
  world.started(`${id}.split.0.0`, 1);
  await farm.scheduler.settled();
  expect(await reasonOf(farm, ME, id, 'merge')).toBe('predecessor `split` still running');
  expect(await reasonOf(farm, ME, id, 'split')).toBe('');
  const { Items: instances } = await farm.control.listInstances(ME, id, 'merge', {}, PAGE);
  expect(instances.map(({ Message }) => Message)).toEqual(Array(2).fill('predecessor `split` still running'));
  const { Items: tasks } = await farm.control.listTasks(ME, id, {}, PAGE);
  expect(tasks.map(({ TaskName, Message }) => [TaskName, Message])).toEqual([
    ['split', ''],
    ['merge', 'predecessor `split` still running'],
  ]);
});

test('an instance that waits for its next attempt tells how the last one ended', async () => {
  const { farm, world } = await farmOver(1);
  const id = await submit(farm, ME, job(1));
  const other = await submit(farm, OTHER, job(1));
  world.ended(`${id}.a.0.0`, { kind: 'lost', message: 'its node is gone' });
  await farm.scheduler.settled();
  expect(world.begun.at(-1)).toBe(`${other}.a.0.0`);
  expect((await farm.control.getInstance(ME, id, 'a', 0)).Message).toBe(
    'waiting for 1 free slot, 0 jobs ahead (attempt 2; before: its node is gone)',
  );
});

test('a lost machine does not count against MaxRetryCount, a failing program does', async () => {
  const { farm, world } = await farmOver(1);
  const id = await submit(farm, ME, dagJob({ a: { retries: 1 } }));
  const endings = [
    { kind: 'lost', message: 'node gone' },
    { kind: 'stopped' },
    { kind: 'exited', exitCode: 3 },
    { kind: 'lost', message: 'node gone' },
  ] as const;
  for (const [attempt, outcome] of endings.entries()) {
    world.ended(`${id}.a.0.${attempt}`, outcome);
    await farm.scheduler.settled();
    farm.clock.advance(60_000);
    await farm.scheduler.settled();
  }
  expect(await farm.control.getInstance(ME, id, 'a', 0)).toMatchObject({ State: 'Waiting', RetryCount: 4 });
  world.ended(`${id}.a.0.4`, { kind: 'exited', exitCode: 3 });
  await farm.scheduler.settled();
  expect(await farm.control.getJob(ME, id)).toMatchObject({ State: 'Failed' });
});

test('a task whose image is missing waits for it, counts no failure, and goes on by itself', async () => {
  let isThere = false;
  const { farm, world } = await farmOver(2, () => isThere);
  const id = await submit(farm, ME, job(3));
  const missing = {
    kind: 'failed',
    code: 'ImageMissing',
    message: 'The image is not on this host.',
  } as const;
  world.ended(`${id}.a.0.0`, missing);
  world.ended(`${id}.a.1.0`, missing);
  await farm.scheduler.settled();
  expect(world.running()).toEqual([]);
  const reason = 'image missing: rebatch/img-ubuntu:latest is not on this host; "make images" builds it';
  expect((await farm.control.getJob(ME, id)).Message).toBe(`Waiting: ${reason}.`);
  expect(await reasonOf(farm, ME, id)).toBe(reason);

  farm.clock.advance(5000);
  await new Promise(setImmediate);
  expect(world.running()).toEqual([]);
  isThere = true;
  farm.clock.advance(5000);
  await new Promise(setImmediate);
  await farm.scheduler.settled();
  expect(world.running()).toEqual([`${id}.a.0.1`, `${id}.a.1.1`]);
  for (let n = 0; n < 3; n++) {
    for (const running of world.running()) world.ended(running, OK);
    await farm.scheduler.settled();
  }
  expect(await farm.control.getJob(ME, id)).toMatchObject({ State: 'Finished' });
});

test('a stopped job is not looked after for its missing image', async () => {
  const { farm, world } = await farmOver(1, () => false);
  const id = await submit(farm, ME, job(1));
  world.ended(`${id}.a.0.0`, { kind: 'failed', code: 'ImageMissing', message: 'gone' });
  await farm.scheduler.settled();
  await farm.control.stopJob(ME, id);
  farm.clock.advance(5000);
  expect(farm.clock.pending()).toBe(0);
});

test('what holds everything up is told for every task that could run', async () => {
  const { farm, world } = await farmOver(1);
  world.setHealth({ available: false, reason: 'the Docker daemon does not answer' });
  const id = await submit(farm, ME, dagJob({ a: { before: ['b'] }, b: {} }));
  expect(await reasonOf(farm, ME, id)).toBe('the Docker daemon does not answer');
  expect(await reasonOf(farm, ME, id, 'b')).toBe('predecessor `a` still waiting');
});

test('a hint that cannot be read is refused with its variable', async () => {
  const { farm } = await farmOver(0);
  await expect(
    farm.control.submitJob(ME, job(1, { REBATCH_INSTANCE_ORDER: 'random' })),
  ).rejects.toMatchObject({
    status: 400,
    code: 'InvalidDAG.Tasks.a.Parameters.Command.EnvVars.REBATCH_INSTANCE_ORDER',
  });
});

test('an instance that is being prepared says with what', async () => {
  const { farm, world } = await farmOver(1);
  const id = await submit(farm, ME, job(1));
  const reason = async (): Promise<string> => (await farm.control.getInstance(ME, id, 'a', 0)).Message;
  expect(await reason()).toBe('being prepared');
  world.prepares(`${id}.a.0.0`, 'pulling the image tool: 3 of 9 MiB');
  await farm.scheduler.settled();
  expect(await reason()).toBe('pulling the image tool: 3 of 9 MiB');
});
