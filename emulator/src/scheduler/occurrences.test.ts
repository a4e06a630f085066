import { parseClusterDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob, type TaskShape } from './test-support/dag-job.ts';
import { type Farm, type FarmOptions, openFarm } from './test-support/open-farm.ts';

const ME = { owner: '1000001' };

async function farm(options: FarmOptions = {}): Promise<Farm> {
  const opened = await openFarm(options);
  onTestFinished(async () => opened.close());
  return opened;
}

/** What was told, shortened to `OnTaskRunning t`. */
function told({ store }: Farm): string[] {
  return store.listEvents({ owner: ME.owner, after: 0, limit: 10_000 }).map(({ name, body }) => {
    const { TaskName: task, InstanceId: instance } = JSON.parse(body);
    return [name, task, instance].filter((part) => part !== undefined).join(' ');
  });
}

const submit = async ({ control }: Farm, tasks: Record<string, TaskShape>, more = {}): Promise<string> =>
  (await control.submitJob(ME, dagJob(tasks, more))).Id;

test('a job is told of from its beginning to its end, what contains before what is contained, and the other way at the end', async () => {
  const one = await farm({ slots: 1 });
  await submit(one, { first: { before: ['second'] }, second: {} });
  await one.run();
  expect(told(one)).toEqual([
    'OnJobWaiting',
    'OnTaskWaiting first',
    'OnTaskWaiting second',
    'OnJobRunning',
    'OnTaskRunning first',
    'OnInstanceRunning first 0',
    'OnInstanceFinished first 0',
    'OnTaskFinished first',
    'OnTaskRunning second',
    'OnInstanceRunning second 0',
    'OnInstanceFinished second 0',
    'OnTaskFinished second',
    'OnJobFinished',
  ]);
});

test('an instance that is tried again waits again, and the failure of a job stops what ran beside it', async () => {
  const bad = await farm({ simulate: 'fail=1,duration=10ms', slots: 1 });
  await submit(bad, { t: { retries: 1, instances: 2 } });
  await bad.run();
  expect(told(bad).slice(2)).toEqual([
    'OnJobRunning',
    'OnTaskRunning t',
    'OnInstanceRunning t 0',
    'OnInstanceWaiting t 0',
    'OnInstanceRunning t 0',
    'OnInstanceFailed t 0',
    'OnTaskFailed t',
    'OnJobFailed',
  ]);
});

test('a stop, a new priority and a new start are told', async () => {
  const farmer = await farm({ simulate: 'duration=1h' });
  const id = await submit(farmer, { t: {} });
  await farmer.run(async () => (await farmer.control.getJob(ME, id)).State === 'Running');
  await farmer.control.stopJob(ME, id);
  await farmer.control.changeJobPriority(ME, id, 7);
  await farmer.control.startJob(ME, id);
  await farmer.scheduler.settled();
  expect(told(farmer).slice(5)).toEqual([
    'OnInstanceStopped t 0',
    'OnTaskStopped t',
    'OnJobStopped',
    'OnPriorityChange',
    'OnJobWaiting',
    'OnTaskWaiting t',
    'OnInstanceWaiting t 0',
  ]);
});

test('a job that releases itself is told to have finished, to its topic, too', async () => {
  const one = await farm();
  const topic = { Name: 't', Endpoint: 'http://queue.test', Events: ['OnJobFinished'] };
  const id = await submit(one, { t: {} }, { AutoRelease: true, Notification: { Topic: topic } });
  await one.run();
  expect(one.store.findJob(id)).toBeUndefined();
  expect(told(one).at(-1)).toBe('OnJobFinished');
  expect(one.store.countLetters()).toEqual({ waiting: 1, dead: 0 });
});

test('what is refused is not told', async () => {
  const one = await farm({ slots: 0 });
  const id = await submit(one, { t: {} });
  await expect(one.control.changeJobPriority(ME, id, 3)).rejects.toMatchObject({ code: 'StateConflict' });
  expect(told(one)).toEqual(['OnJobWaiting', 'OnTaskWaiting t']);
});

test('a cluster tells of its machines and of its end, also its topic', async () => {
  const one = await farm();
  const topic = {
    Name: 't',
    Endpoint: 'http://queue.test',
    Events: ['OnInstanceActive', 'OnClusterDeleted'],
  };
  const { Id: id } = await one.control.createCluster(
    ME,
    parseClusterDescription({
      Name: 'c',
      ImageId: 'img-ubuntu',
      Groups: { g: { DesiredVMCount: 1 } },
      Notification: { Topic: topic },
    }),
  );
  await one.run(async () => (await one.control.getCluster(ME, id)).Metrics.RunningCount === 1);
  await one.control.deleteCluster(ME, id);
  await one.run();
  const events = one.store.listEvents({ owner: ME.owner, after: 0, limit: 100 });
  expect(events.map(({ name, subject }) => [name, subject])).toEqual([
    ['OnInstanceCreated', id],
    ['OnInstanceActive', id],
    ['OnClusterDeleted', id],
  ]);
  expect(JSON.parse(events[1]!.body)).toMatchObject({
    Category: 'Cluster',
    ClusterId: id,
    Group: 'g',
    State: 'Running',
    Event: 'OnInstanceActive',
    InstanceId: expect.stringMatching(/^i-/),
    InnerIpAddress: expect.stringMatching(/^\d+\./),
  });
  expect(JSON.parse(events[2]!.body)).toMatchObject({ ClusterName: 'c', State: 'Deleted' });
  expect(one.store.countLetters().waiting).toBe(2);
});
