import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer, type CliServer } from '../testing/cli-server.ts';

async function submit(server: CliServer, ...argv: string[]): Promise<string> {
  const { code, out, err } = await server.run('submit', '--command', 'sleep 1', ...argv);
  expect({ code, err }).toMatchObject({ code: 0 });
  return out.trim();
}

test('lists jobs as a table for people and as JSON for programs', async () => {
  const server = await cliServer('duration=1h');
  expect(await server.run('jobs')).toEqual({ code: 0, out: '', err: 'there are no jobs\n' });
  const first = await submit(server, '--name', 'first');
  const second = await submit(server, '--name', 'second', '--instances', '3');
  const table = await server.run('jobs');
  expect(table.out.split('\n')[0]).toMatch(/^JOB +NAME +STATE +DONE +CREATED +TOOK +MESSAGE$/);
  expect(table.out.split('\n')[1]).toMatch(new RegExp(`^${second}  second  \\w+ +0/3 `));
  const json: { Id: string }[] = JSON.parse((await server.run('jobs', '--json')).out);
  expect(json.map((job) => job.Id)).toEqual([second, first]);
  expect(JSON.parse((await server.run('jobs', '--limit', '1', '--json')).out)).toHaveLength(1);
});

test('stops, starts and deletes jobs, and goes on when one of several cannot be changed', async () => {
  const server = await cliServer('duration=1h');
  const id = await submit(server);
  expect(await server.run('stop', id)).toEqual({ code: 0, out: `${id} stopped\n`, err: '' });
  expect((await server.run('jobs', '--state', 'stopped')).out).toContain(id);
  expect((await server.run('start', 'last')).out).toBe(`${id} started\n`);
  const refused = await server.run('delete', id);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('StateConflict') });
  const nobody = `job-${'0'.repeat(32)}`;
  const both = await server.run('stop', nobody, id);
  expect(both).toEqual({
    code: 1,
    out: `${id} stopped\n`,
    err: `rebatch: ${nobody}: there is no job ${nobody}: see "rebatch jobs"\n`,
  });
  expect((await server.run('delete', id)).code).toBe(0);
  expect((await server.run('job', id)).code).toBe(1);
});

test('shows a job with its instances and why it failed', async () => {
  const server = await cliServer('duration=1ms,fail=1');
  const failed = await server.run('submit', '--command', 'sleep 1', '--wait');
  const id = failed.out.trim();
  expect(failed).toMatchObject({ code: 1, err: expect.stringContaining(`${id} failed: `) });
  const { out } = await server.run('job', 'last');
  expect(out).toContain(`Job       ${id}\n`);
  expect(out).toMatch(/^Task sleep: Failed \(1 failed\)$/m);
  expect(out).toMatch(/^ +0 +Failed .* 1 .*exit code 1$/m);
  const json = JSON.parse((await server.run('job', id, '--json')).out);
  expect(json.Tasks[0].Instances[0].Result.ExitCode).toBe(1);
  expect(JSON.parse((await server.run('job', id, '--description')).out)).toMatchObject({
    Id: id,
    Type: 'DAG',
  });
});

test('submits a description from a file or from standard input', async () => {
  const server = await cliServer('duration=1h');
  const Parameters = { Command: { CommandLine: 'true' } };
  const json = JSON.stringify({ Name: 'mine', Type: 'DAG', DAG: { Tasks: { t: { Parameters } } } });
  await writeFile(join(server.folder, 'job.json'), json);
  const fromFile = (await server.run('submit', 'job.json', '--json')).out;
  expect(JSON.parse(fromFile)).toEqual({ Id: expect.stringMatching(/^job-/) });
  const io = server.io({ stdin: json });
  expect(await main(['submit', '-'], io)).toBe(0);
  expect((await server.jobs.getJob(io.stdout().trim())).Name).toBe('mine');
  await writeFile(join(server.folder, 'bad.json'), '{');
  expect(await server.run('submit', 'bad.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/bad\.json is not JSON/),
  });
});

test('leaves the job alone on Ctrl-C and says how to go on', async () => {
  const server = await cliServer('duration=1h');
  const io = server.io({
    onStderr: (all) => {
      if (all.includes('running')) io.interrupt();
    },
  });
  expect(await main(['submit', '--command', 'sleep 1', '--wait'], io)).toBe(1);
  const id = io.stdout().trim();
  expect(io.stderr()).toContain(`follow it: rebatch logs ${id} -f; stop it: rebatch stop ${id}`);
  expect((await server.jobs.getJob(id)).State).toBe('Running');
});
