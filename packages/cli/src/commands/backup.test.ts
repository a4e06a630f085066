import { cpSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, parseServeOptions, serve } from '@rebatch/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer } from '../testing/cli-server.ts';

test('a backup that was made while the server ran gives jobs, keys and running work back in another folder', async () => {
  const server = await cliServer('duration=200ms');
  const done = (await server.run('submit', '--command', 'true', '--name', 'done', '--wait')).out.trim();
  const many = (await server.run('submit', '--command', 'true', '--instances', '40')).out.trim();
  await expect.poll(async () => (await server.jobs.getJob(many)).State).toBe('Running');

  const made = await server.run('backup', 'jobs.bak');
  expect(made).toMatchObject({ code: 0, err: '' });
  const file = join(server.folder, 'jobs.bak');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await server.run('backup', 'jobs.bak')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/is there already/),
  });
  expect((await server.run('backup', 'jobs.bak', '--force')).code).toBe(0);
  await server.run('delete', done);

  // The recipe of docs/operations.md.
  const data = join(server.folder, 'restored');
  mkdirSync(data, { mode: 0o700 });
  cpSync(file, join(data, 'jobs.db'));
  const argv = ['--data', data, '--executor', 'simulated', '--api-port', '0', '--oss-port', '0'];
  const options = parseServeOptions(argv, { REBATCH_SIMULATE: 'duration=1ms' });
  if (options === 'help') throw new Error('no options');
  const restored = await serve(
    options,
    createLogger('error', () => {}),
  );
  onTestFinished(async () => restored.close());
  const run = async (...args: string[]): Promise<string> => {
    const terminal = server.io({ env: { REBATCH_DATA: data } });
    expect(await main(args, terminal)).toBe(0);
    return terminal.stdout();
  };
  expect(JSON.parse(await run('job', done, '--json'))).toMatchObject({ Name: 'done', State: 'Finished' });
  await expect
    .poll(async () => JSON.parse(await run('job', many, '--json')))
    .toMatchObject({ State: 'Finished', InstanceMetrics: { FinishedCount: 40 } });
});

test('a folder without a store and a file that cannot be written are said in one line', async () => {
  const server = await cliServer();
  expect(await server.run('backup', 'x.db', '--data', 'nowhere')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^rebatch: there is no job store in .*nowhere\n$/),
  });
  expect(await server.run('backup', 'no/folder/x.db')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^rebatch: the backup .* cannot be written: .*\n$/),
  });
  expect((await server.run('backup')).code).toBe(2);
});
