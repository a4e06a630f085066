import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { type Farm, openFarm } from './test-support/open-farm.ts';
import { World } from './test-support/world.ts';

const ME = { owner: '1000001' };
const OK = { kind: 'exited', exitCode: 0 } as const;

function storePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-scheduler-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.db');
}

/** Lives of a server over one store and one world. */
function lives(slots = 4): { world: World; next: () => Promise<Farm>; kill: () => void } {
  const path = storePath();
  const world = new World();
  let farm: Farm | undefined;
  const kill = (): void => {
    farm?.crash();
    farm = undefined;
  };
  onTestFinished(() => farm?.close());
  return {
    world,
    kill,
    async next() {
      kill();
      farm = await openFarm({ path, executor: world.executor(slots) });
      return farm;
    },
  };
}

test('after a crash running programs are adopted and the job finishes, nothing lost and nothing run twice', async () => {
  const { world, next, kill } = lives();
  let farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: { instances: 6 } }));
  await farm.scheduler.settled();
  for (const attempt of world.running()) world.started(attempt);
  await farm.scheduler.settled();
  world.ended(`${id}.a.0.0`, OK);
  await farm.scheduler.settled();

  // One ends while no server is there.
  kill();
  world.ended(`${id}.a.1.0`, OK);
  farm = await next();
  for (let left = world.running(); left.length > 0; left = world.running()) {
    for (const attempt of left) world.ended(attempt, OK);
    await farm.scheduler.settled();
  }
  expect(await farm.control.getJob(ME, id)).toMatchObject({
    State: 'Finished',
    InstanceMetrics: { FinishedCount: 6 },
  });
  expect(world.begun.toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${id}.a.${n}.0`));
  expect(world.sandboxes.size).toBe(0);
});

test('an attempt that was written as dispatched but never reached the executor is started under the same id', async () => {
  const { world, next } = lives();
  let farm = await next();
  world.deaf = true;
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: {} }));
  await farm.scheduler.settled();
  expect(world.begun).toEqual([]);
  farm = await next();
  expect(world.begun).toEqual([`${id}.a.0.0`]);
  expect((await farm.control.getInstance(ME, id, 'a', 0)).RetryCount).toBe(0);
});

test('an attempt whose sandbox is gone is lost, and made again without using up a retry', async () => {
  const { world, next } = lives();
  let farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: {} }));
  await farm.scheduler.settled();
  world.started(`${id}.a.0.0`);
  await farm.scheduler.settled();
  world.vanish();
  farm = await next();
  await farm.scheduler.settled();
  expect(world.running()).toEqual([`${id}.a.0.1`]);
  world.ended(`${id}.a.0.1`, OK);
  await farm.scheduler.settled();
  expect((await farm.control.getJob(ME, id)).State).toBe('Finished');
  expect((await farm.control.getInstance(ME, id, 'a', 0)).RetryCount).toBe(1);
});

test('sandboxes of jobs that were stopped and deleted are killed and cleared away after a restart', async () => {
  const { world, next } = lives();
  let farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2 } }));
  await farm.scheduler.settled();
  world.deaf = true;
  await farm.control.stopJob(ME, id);
  await farm.control.deleteJob(ME, id);
  farm = await next();
  await farm.scheduler.settled();
  expect(farm.scheduler.usage().busy).toBe(2);
  for (const attempt of world.running()) world.ended(attempt, OK);
  await farm.scheduler.settled();
  expect(farm.scheduler.usage().busy).toBe(0);
  expect(world.sandboxes.size).toBe(0);
});

test('a sandbox that never reports its end is forgotten after a minute', async () => {
  const { world, next } = lives(1);
  let farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: {} }));
  await farm.scheduler.settled();
  world.deaf = true;
  await farm.control.stopJob(ME, id);
  farm = await next();
  await farm.scheduler.settled();
  farm.clock.advance(60_000);
  await farm.scheduler.settled();
  expect(farm.scheduler.usage().busy).toBe(0);
  expect(world.sandboxes.size).toBe(0);
});

test('a job started again before a crash waits until the attempt from before its stop has been killed', async () => {
  const { world, next } = lives();
  let farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: {} }));
  await farm.scheduler.settled();
  await farm.control.stopJob(ME, id);
  await farm.control.startJob(ME, id);
  await farm.scheduler.settled();
  farm = await next();
  await farm.scheduler.settled();
  expect(world.begun).toEqual([`${id}.a.0.0`]);
  world.ended(`${id}.a.0.0`, OK);
  await farm.scheduler.settled();
  expect(world.begun).toEqual([`${id}.a.0.0`, `${id}.a.0.1`]);
});

test('while the executor cannot be reached jobs wait and say why, and go on when it is back', async () => {
  const { world, next } = lives();
  world.health = { available: false, reason: 'the Docker daemon does not answer.' };
  const farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: {} }));
  await farm.scheduler.settled();
  expect(world.begun).toEqual([]);
  expect(await farm.control.getJob(ME, id)).toMatchObject({
    State: 'Waiting',
    Message: 'Waiting: the Docker daemon does not answer.',
  });
  world.setHealth({ available: true });
  // Its sandboxes are asked for first.
  await new Promise(setImmediate);
  await farm.scheduler.settled();
  expect(world.begun).toEqual([`${id}.a.0.0`]);
  expect((await farm.control.getJob(ME, id)).Message).toBe('');
});

test('a job behind others says what it waits for and how many come first', async () => {
  const { next } = lives(1);
  const farm = await next();
  const ids: string[] = [];
  for (const instances of [1, 1, 2])
    ids.push((await farm.control.submitJob(ME, dagJob({ a: { instances } }))).Id);
  await farm.scheduler.settled();
  const messages = await Promise.all(ids.map(async (id) => (await farm.control.getJob(ME, id)).Message));
  expect(messages).toEqual([
    '',
    'Waiting for 1 free slot, 0 jobs ahead.',
    'Waiting for 1 free slot, 1 job ahead.',
  ]);
});

test('the executor gets attempts that are fully resolved', async () => {
  const { world, next } = lives();
  const farm = await next();
  const { Id: id } = await farm.control.submitJob(ME, dagJob({ a: { instances: 2, timeout: 60 } }));
  await farm.scheduler.settled();
  expect(world.specs.get(`${id}.a.1.0`)).toEqual({
    id: `${id}.a.1.0`,
    jobId: id,
    taskName: 'a',
    instanceId: 1,
    attempt: 0,
    instanceCount: 2,
    owner: '1000001',
    image: 'rebatch/img-ubuntu:latest',
    contract: 'vm',
    commandLine: 'true',
    env: {},
    inputs: [],
    outputs: [],
    logs: [],
    stdoutUrl: `oss://logs/out/stdout.${id}.a.1`,
    stderrUrl: `oss://logs/err/stderr.${id}.a.1`,
    timeoutSeconds: 60,
    region: 'local',
  });
});
