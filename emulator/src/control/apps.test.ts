import { APP_TASK, type AppDescription, parseAppDescription, parseJobDescription } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { type Farm, openFarm } from '../scheduler/test-support/open-farm.ts';
import { operatorOf } from '../store/accounts.ts';

const ME = { owner: '42' };

async function farm(slots = 0): Promise<Farm> {
  const opened = await openFarm({ slots });
  onTestFinished(() => opened.close());
  return opened;
}

const app = (name: string, commandLine = 'copy ${from}'): AppDescription =>
  parseAppDescription({
    Name: name,
    CommandLine: commandLine,
    InputParameters: { from: { Type: 'String' } },
    OutputParameters: { to: { LocalPath: '/home/out/' } },
    Docker: { Image: 'some/image:1' },
  });

const appJob = (appName: string, inputs: object = { from: 'here' }): ReturnType<typeof parseJobDescription> =>
  parseJobDescription({
    Name: 'run',
    Type: 'App',
    App: {
      AppName: appName,
      Inputs: inputs,
      Outputs: { to: 'oss://results/x/' },
      Logging: { StdoutPath: 'oss://logs/x/' },
      Config: { InstanceCount: 3 },
    },
  });

test('revisions count from 0, and each is kept as it was', async () => {
  const { control, clock } = await farm();
  expect(await control.createApp(ME, app('tool', 'first'))).toEqual({ Name: 'tool' });
  clock.advance(1000);
  await control.modifyApp(ME, 'tool', app('tool', 'second'));
  expect(await control.getAppRevisions(ME, 'tool')).toEqual([
    { Revision: 0, UpdateTime: '2024-01-01T00:00:00.000000Z' },
    { Revision: 1, UpdateTime: '2024-01-01T00:00:01.000000Z' },
  ]);
  expect(await control.getAppDetail(ME, 'tool', '1')).toMatchObject({ CommandLine: 'second' });
  expect(await control.getAppDetail(ME, 'tool', '0')).toMatchObject({ CommandLine: 'first' });
  expect(await control.getAppDetail(ME, 'tool', '')).toMatchObject({
    CommandLine: 'second',
    CreationTime: '2024-01-01T00:00:00.000000Z',
  });
  expect((await control.getApp(ME, 'tool', 'Private')).CommandLine).toBe('second');
  for (const qualifier of ['2', 'latest']) {
    await expect(control.getAppDetail(ME, 'tool', qualifier)).rejects.toMatchObject({ status: 404 });
  }
});

test('a deleted revision is gone, its number is not given again, and the App goes with its last one', async () => {
  const { control } = await farm();
  await control.createApp(ME, app('tool', 'r0'));
  await control.modifyApp(ME, 'tool', app('tool', 'r1'));
  await control.deleteApp(ME, 'tool', '1');
  expect((await control.getApp(ME, 'tool', 'Private')).CommandLine).toBe('r0');
  await expect(control.deleteApp(ME, 'tool', '1')).rejects.toMatchObject({ status: 404 });
  await control.modifyApp(ME, 'tool', app('tool', 'r2'));
  expect((await control.getAppRevisions(ME, 'tool')).map(({ Revision }) => Revision)).toEqual([0, 2]);
  await control.deleteApp(ME, 'tool', '0');
  await control.deleteApp(ME, 'tool', '2');
  await expect(control.getApp(ME, 'tool', 'Private')).rejects.toMatchObject({ status: 404 });
});

test('deleting an unknown App succeeds, changing one does not, and a name is taken once', async () => {
  const { control } = await farm();
  await control.deleteApp(ME, 'nothing', '');
  await expect(control.modifyApp(ME, 'nothing', app('nothing'))).rejects.toMatchObject({ status: 404 });
  await control.createApp(ME, app('tool'));
  await expect(control.createApp(ME, app('tool'))).rejects.toMatchObject({
    status: 400,
    code: 'InvalidName',
  });
  await control.createApp({ owner: '43' }, app('tool'));
});

test('the same token makes the same App once', async () => {
  const { control } = await farm();
  await control.createApp(ME, app('tool'), 't');
  expect(await control.createApp(ME, app('tool'), 't')).toEqual({ Name: 'tool' });
  await expect(control.createApp(ME, app('other'), 't')).rejects.toMatchObject({
    code: 'IdempotentTokenMismatch',
  });
});

test('Apps are listed by name, a page at a time, the operator their public ones for everybody', async () => {
  const { control, store } = await farm();
  for (const name of ['b', 'a', 'c']) await control.createApp(ME, app(name));
  await control.createApp({ owner: operatorOf(store) }, app('shared'));
  const first = await control.listApps(ME, 'Private', { marker: '', limit: 2 });
  expect(first.Items.map(({ Name }) => Name)).toEqual(['a', 'b']);
  expect(first.NextMarker).toBe('b');
  await control.deleteApp(ME, 'b', '');
  const second = await control.listApps(ME, 'Private', { marker: 'b', limit: 2 });
  expect(second.Items.map(({ Name }) => Name)).toEqual(['c']);
  expect(second.NextMarker).toBe('');
  const shared = await control.listApps(ME, 'Public', { marker: '', limit: 50 });
  expect(shared.Items.map(({ Name }) => Name)).toEqual(['shared']);
  expect((await control.getApp(ME, 'shared', 'Public')).Name).toBe('shared');
});

test('an App job becomes one task at once and stays an App job in its description', async () => {
  const { control } = await farm();
  await control.createApp(ME, app('tool'));
  const { Id: id } = await control.submitJob(ME, appJob('tool'));
  await control.deleteApp(ME, 'tool', '');
  const tasks = await control.listTasks(ME, id, {}, { marker: '', limit: 9 });
  expect(tasks.Items).toMatchObject([{ State: 'Waiting', InstanceMetrics: { WaitingCount: 3 } }]);
  const name = tasks.Items[0]!.TaskName;
  expect((await control.getInstance(ME, id, name, 2)).StdoutRedirectPath).toBe(
    `oss://logs/x/stdout.${id}.${name}.2`,
  );
  expect(await control.getJobDescription(ME, id)).toMatchObject({
    Id: id,
    Type: 'App',
    App: { AppName: 'tool', Inputs: { from: 'here' } },
  });
});

test('a finished instance of an App job names its outputs', async () => {
  const { control, run } = await farm(3);
  await control.createApp(ME, app('tool'));
  const { Id: id } = await control.submitJob(ME, appJob('tool'));
  expect((await control.getInstance(ME, id, APP_TASK, 0)).Outputs).toEqual({});
  await run();
  expect((await control.getInstance(ME, id, APP_TASK, 0)).Outputs).toEqual({ to: 'oss://results/x/' });
});

test('public Apps are named with a colon, private ones without, and what is not there is refused by name', async () => {
  const { control, store } = await farm();
  await control.createApp({ owner: operatorOf(store) }, app('shared'));
  await control.submitJob(ME, appJob(':shared'));
  await control.submitJob(ME, appJob('Public:shared'));
  await expect(control.submitJob(ME, appJob('shared'))).rejects.toMatchObject({
    status: 400,
    code: 'InvalidApp.AppName',
    message: expect.stringContaining('"shared"'),
  });
  await expect(control.submitJob(ME, appJob(':shared', { nothing: 'x' }))).rejects.toMatchObject({
    code: 'InvalidApp.Inputs.nothing',
  });
});
