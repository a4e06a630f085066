import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer } from '../testing/cli-server.ts';

test('shows what happened, of one job or of some kinds, and follows what happens', async () => {
  const server = await cliServer('duration=1ms');
  expect(await server.run('events')).toEqual({ code: 0, out: '', err: 'nothing has happened\n' });
  const id = (await server.run('submit', '--command', 'true', '--name', 'night', '--wait')).out.trim();
  const { out } = await server.run('events', '--job', 'last', '--events', 'OnJobRunning,OnJobFinished');
  expect(out.split('\n').map((line) => line.replace(/^\S+ \S+ +\d+ +/, ''))).toEqual([
    `OnJobRunning        ${id}  night`,
    `OnJobFinished       ${id}  night`,
    '',
  ]);
  const [first] = (await server.run('events', '--json')).out.split('\n');
  expect(JSON.parse(first!)).toMatchObject({ Id: 1, Event: 'OnJobWaiting', JobId: id });

  const io = server.io();
  const done = main(['events', '-f', '--since', '0', '--events', 'OnJobFinished'], io);
  await expect.poll(() => io.stdout()).toContain(id);
  const second = (await server.run('submit', '--command', 'true')).out.trim();
  await expect.poll(() => io.stdout()).toContain(second);
  io.interrupt();
  expect(await done).toBe(0);
});

test('makes, lists and deletes webhooks, and sends again what was given up', async () => {
  const server = await cliServer('duration=1ms');
  const made = await server.run(
    'events',
    'webhook',
    'add',
    'http://127.0.0.1:1/x',
    '--events',
    'OnJobFinished',
  );
  const [, hook] = /^(hook-\w+) hears of OnJobFinished\nSecret [0-9a-f]{48} /.exec(made.out)!;
  expect((await server.run('events', 'webhook')).out).toContain(
    `${hook}  http://127.0.0.1:1/x  OnJobFinished`,
  );
  expect(await server.run('events', 'dead')).toMatchObject({
    code: 0,
    err: expect.stringMatching(/on its way/),
  });
  const topic = { Name: 't', Endpoint: 'no address', Events: ['OnJobWaiting'] };
  await server.jobs.createJob({
    Name: 'x',
    Type: 'DAG',
    Notification: { Topic: topic },
    DAG: { Tasks: { t: { Parameters: { Command: { CommandLine: 'true' } } } } },
  });
  await expect.poll(async () => (await server.run('events', 'dead')).out).toContain('is not an address');
  const [letter] = JSON.parse((await server.run('events', 'dead', '--json')).out);
  expect((await server.run('events', 'retry', String(letter.id))).out).toBe(`${letter.id} sent again\n`);
  await expect
    .poll(async () => JSON.parse((await server.run('events', 'dead', '--json')).out))
    .toHaveLength(1);
  const [again] = JSON.parse((await server.run('events', 'dead', '--json')).out);
  expect((await server.run('events', 'drop', String(again.id))).code).toBe(0);
  expect((await server.run('events', 'webhook', 'delete', hook!)).out).toBe(`${hook} deleted\n`);
  expect((await server.run('events', 'webhook', 'delete', hook!)).code).toBe(1);
  expect((await server.run('events', 'nonsense')).code).toBe(2);
  expect((await server.run('events', '--events', 'OnNothing')).code).toBe(2);
});
