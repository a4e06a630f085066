import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { type Farm, type FarmOptions, openFarm } from './test-support/open-farm.ts';

const ME = { owner: '1000001' };
const PAGE = { marker: '', limit: 100 };

const conflict = (state: string): object => ({
  status: 409,
  code: 'StateConflict',
  message: `User operation is invalid. The current resource state is ${state}.`,
});

async function farm(options: FarmOptions = {}): Promise<Farm> {
  const opened = await openFarm(options);
  onTestFinished(async () => {
    await opened.close();
    expect(opened.failures).toEqual([]);
  });
  return opened;
}

test('a new job is Waiting at once, with all its instances', async () => {
  const { control } = await farm({ slots: 0 });
  const { Id: id } = await control.submitJob(
    ME,
    dagJob({ split: { before: ['work'] }, work: { instances: 3 } }),
  );
  expect(id).toMatch(/^job-[0-9A-F]{32}$/);
  expect(await control.getJob(ME, id)).toMatchObject({
    Id: id,
    State: 'Waiting',
    Owner: '1000001',
    OwnerId: 1_000_001,
    CreationTime: '2024-01-01T00:00:00.000000Z',
    StartTime: '',
    EndTime: '',
    TaskMetrics: { WaitingCount: 2 },
    InstanceMetrics: { WaitingCount: 4 },
  });
  const { Items: instances, NextMarker: next } = await control.listInstances(ME, id, 'work', {}, PAGE);
  expect(instances.map(({ InstanceId, State }) => [InstanceId, State])).toEqual([
    [0, 'Waiting'],
    [1, 'Waiting'],
    [2, 'Waiting'],
  ]);
  expect(next).toBe('');
});

test('a chain of tasks runs in its order and finishes', async () => {
  const { control, run, happenings } = await farm();
  const { Id: id } = await control.submitJob(
    ME,
    dagJob({ count: { instances: 3, before: ['merge'] }, merge: {}, split: { before: ['count'] } }),
  );
  await run();
  expect(await control.getJob(ME, id)).toMatchObject({
    State: 'Finished',
    Message: '',
    StartTime: '2024-01-01T00:00:00.000000Z',
    EndTime: '2024-01-01T00:00:00.015000Z',
    TaskMetrics: { FinishedCount: 3 },
    InstanceMetrics: { FinishedCount: 5 },
  });
  const order = happenings.flatMap((h) => (h.type === 'dispatched' ? [h.attemptId.split('.')[1]] : []));
  expect(order).toEqual(['split', 'count', 'count', 'count', 'merge']);
});

test('no more attempts are on the way than there are slots', async () => {
  const { control, run, scheduler } = await farm({ slots: 3 });
  await control.submitJob(ME, dagJob({ a: { instances: 20 } }));
  let most = 0;
  await run(async () => {
    most = Math.max(most, scheduler.usage().busy);
    return false;
  });
  expect(most).toBe(3);
});

test('a program that always fails is tried MaxRetryCount times more and fails the job', async () => {
  const { control, run } = await farm({ simulate: 'fail=1' });
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { instances: 1, retries: 2 } }));
  await run();
  expect(await control.getJob(ME, id)).toMatchObject({
    State: 'Failed',
    Message: 'Task a, instance 0: the program ended with exit code 1 (attempt 3).',
  });
  expect(await control.getInstance(ME, id, 'a', 0)).toMatchObject({
    State: 'Failed',
    RetryCount: 2,
    Result: { ExitCode: 1, ErrorCode: 'ProgramFailed' },
    StdoutRedirectPath: `oss://logs/out/stdout.${id}.a.0`,
    StderrRedirectPath: `oss://logs/err/stderr.${id}.a.0`,
    Outputs: {},
  });
});

test('an instance that runs longer than its Timeout is killed and counts as failed', async () => {
  const { control, run, clock } = await farm({ simulate: 'duration=1h' });
  const start = clock.now();
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { timeout: 60 } }));
  await run();
  expect(clock.now() - start).toBe(60_000);
  expect((await control.getJob(ME, id)).Message).toContain('longer than its Timeout');
});

test('StopJob is readable at once and DeleteJob right after it succeeds, from Running, too', async () => {
  const { control, run, scheduler } = await farm({ simulate: 'duration=1h' });
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { instances: 9 } }));
  await run(async () => (await control.getJob(ME, id)).State === 'Running');
  await control.stopJob(ME, id);
  expect(await control.getJob(ME, id)).toMatchObject({ State: 'Stopped' });
  await control.deleteJob(ME, id);
  await expect(control.getJob(ME, id)).rejects.toMatchObject({
    status: 404,
    code: 'InvalidResource.NotFound',
  });
  await run();
  expect(scheduler.usage().busy).toBe(0);
});

test('what a state forbids is refused with StateConflict and the state', async () => {
  const { control, run } = await farm();
  const { Id: id } = await control.submitJob(ME, dagJob({ a: {} }));
  await expect(control.deleteJob(ME, id)).rejects.toMatchObject(conflict('Waiting'));
  await expect(control.startJob(ME, id)).rejects.toMatchObject(conflict('Waiting'));
  await expect(control.changeJobPriority(ME, id, 5)).rejects.toMatchObject(conflict('Waiting'));
  await run();
  await expect(control.stopJob(ME, id)).rejects.toMatchObject(conflict('Finished'));
  await expect(control.startJob(ME, id)).rejects.toMatchObject(conflict('Finished'));
});

test('a stopped job takes a new priority, says it in its description, and runs on without repeating what is done', async () => {
  const { control, run, happenings } = await farm({ slots: 1 });
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { instances: 4 } }));
  await run(async () => (await control.getJob(ME, id)).InstanceMetrics.FinishedCount === 2);
  await control.stopJob(ME, id);
  await control.changeJobPriority(ME, id, 700);
  expect(await control.getJobDescription(ME, id)).toMatchObject({ Id: id, Priority: 700 });
  expect((await control.getJob(ME, id)).Priority).toBe(700);
  await control.startJob(ME, id);
  await run();
  expect(await control.getJob(ME, id)).toMatchObject({
    State: 'Finished',
    InstanceMetrics: { FinishedCount: 4 },
  });
  const done = happenings.flatMap((h) =>
    h.type === 'ended' && h.outcome.kind === 'exited' ? [Number(h.attemptId.split('.')[2])] : [],
  );
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
});

test('stopping and starting again does not run an instance while its old attempt is still being killed', async () => {
  const { control, run, scheduler, happenings } = await farm({ simulate: 'duration=1h', slots: 4 });
  const { Id: id } = await control.submitJob(ME, dagJob({ a: {} }));
  await run(async () => (await control.getJob(ME, id)).State === 'Running');
  await control.stopJob(ME, id);
  await control.startJob(ME, id);
  await scheduler.settled();
  expect(scheduler.usage().busy).toBe(1);
  await run(async () => (await control.getJob(ME, id)).State === 'Running');
  expect(
    happenings.flatMap((h) =>
      h.type === 'dispatched' || h.type === 'ended' ? [`${h.type} ${h.attemptId}`] : [],
    ),
  ).toEqual([`dispatched ${id}.a.0.0`, `ended ${id}.a.0.0`, `dispatched ${id}.a.0.1`]);
});

test('jobs of a higher priority go first, older ones before younger ones', async () => {
  const { control, run, happenings } = await farm({ slots: 1 });
  const names = new Map<string, string>();
  for (const [name, priority] of [
    ['first', 5],
    ['low', 1],
    ['old', 9],
    ['young', 9],
  ] as const) {
    names.set((await control.submitJob(ME, dagJob({ a: {} }, { Priority: priority }))).Id, name);
  }
  await run();
  const order = happenings.flatMap((h) =>
    h.type === 'dispatched' ? [names.get(h.attemptId.split('.')[0] ?? '')] : [],
  );
  // The first had the slot before the others came.
  expect(order).toEqual(['first', 'old', 'young', 'low']);
});

test('an owner with one small job does not wait for all of a large one of another owner', async () => {
  const { control, run, happenings } = await farm({ slots: 2 });
  await control.submitJob(ME, dagJob({ a: { instances: 50 } }));
  await control.submitJob({ owner: '2' }, dagJob({ a: { instances: 2 } }));
  await run();
  const owners = happenings.flatMap((h) => (h.type === 'dispatched' ? [h.owner] : []));
  expect(owners.slice(0, 6).filter((owner) => owner === '2')).toHaveLength(2);
});

test('what one owner has, another does not see', async () => {
  const { control } = await farm();
  const { Id: id } = await control.submitJob(ME, dagJob({ a: {} }));
  const other = { owner: '2' };
  await expect(control.getJob(other, id)).rejects.toMatchObject({ status: 404 });
  await expect(control.stopJob(other, id)).rejects.toMatchObject({ status: 404 });
  expect((await control.listJobs(other, {}, PAGE)).Items).toEqual([]);
});

test('AutoRelease deletes the job after it finished, and says where its outputs are', async () => {
  const { control, run, happenings } = await farm();
  const outputs = { '/home/out/': 'oss://films/out/' };
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { outputs } }, { AutoRelease: true }));
  await run();
  expect(happenings).toContainEqual(expect.objectContaining({ to: '', outputs: ['oss://films/out/'] }));
  await expect(control.getJob(ME, id)).rejects.toMatchObject({ status: 404 });
});

test('AutoRelease keeps a job that failed', async () => {
  const { control, run } = await farm({ simulate: 'fail=1' });
  const { Id: id } = await control.submitJob(ME, dagJob({ a: {} }, { AutoRelease: true }));
  await run();
  expect((await control.getJob(ME, id)).State).toBe('Failed');
});

test('attempts that are lost time and again are made with growing pauses, until one is not', async () => {
  const { control, run, clock } = await farm({ simulate: 'lost=0.7,seed=3' });
  const start = clock.now();
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { instances: 10 } }));
  await run();
  expect((await control.getJob(ME, id)).State).toBe('Finished');
  expect(clock.now() - start).toBeGreaterThan(1000);
});

test('the same token gives the same job, and another request with it is refused', async () => {
  const { control } = await farm();
  const [first, again] = await Promise.all([
    control.submitJob(ME, dagJob({ a: {} }), 'token-1'),
    control.submitJob(ME, dagJob({ a: {} }), 'token-1'),
  ]);
  expect(again).toEqual(first);
  expect((await control.listJobs(ME, {}, PAGE)).Items).toHaveLength(1);
  await expect(control.submitJob(ME, dagJob({ b: {} }), 'token-1')).rejects.toMatchObject({
    status: 400,
    code: 'IdempotentTokenMismatch',
  });
  expect(await control.submitJob({ owner: '2' }, dagJob({ b: {} }), 'token-1')).not.toEqual(first);
});
