import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { main } from './main.ts';
import { testIo } from './testing/test-io.ts';

async function run(...argv: string[]) {
  const io = testIo({ env: { REBATCH_DATA: '/nowhere/data' } });
  const code = await main(argv, io);
  return { code, out: io.stdout(), err: io.stderr() };
}

test('shows every command without being asked for one', async () => {
  const { code, out } = await run();
  expect(code).toBe(0);
  for (const { name, summary } of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} +${summary}`, 'm'));
});

test.each(COMMANDS.map((command) => command.name))('explains "%s" with --help', async (name) => {
  const { code, out } = await run(name, '--help');
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^Usage: rebatch ${name}`));
  expect((await run('help', name)).out).toBe(out);
});

test.each([
  [['rendr'], 'rebatch: there is no command "rendr"; see: rebatch --help\n'],
  [['job'], 'rebatch: JOB is missing; see: rebatch job --help\n'],
  [['jobs', '--nope'], "rebatch: unknown option '--nope'; see: rebatch jobs --help\n"],
  [['jobs', 'x'], 'rebatch: too many arguments: what is "x"?; see: rebatch jobs --help\n'],
  [['jobs', '--state', 'x'], /--state must be one of Waiting, .*not "x"/],
  [['cp', 'a', 'b'], /one side of a copy must be oss:/],
  [['cat', 'a'], /"a" is not an oss:\/\/bucket\/key address/],
  [['submit'], /FILE.json or --command is missing/],
  [['submit', 'x.json', '--env', 'A=1'], /--env goes with --command only/],
])('calls %j wrong usage in one line', async (argv, message) => {
  const { code, out, err } = await run(...argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
  expect(err.trimEnd()).not.toContain('\n');
});

test('says how to start the server when none is known', async () => {
  const { code, err } = await run('jobs');
  expect(code).toBe(1);
  expect(err).toBe(
    'rebatch: no server runs with its data in /nowhere/data: start one with "rebatch serve", or give --endpoint or $REBATCH_ENDPOINT\n',
  );
});

test('says so when a given endpoint does not answer or is no address', async () => {
  const key = ['--access-key-id', 'AK', '--access-key-secret', 'SK'];
  const gone = await run('stop', 'job-00', '--endpoint', 'http://127.0.0.1:1', ...key);
  expect(gone).toMatchObject({
    code: 1,
    err: expect.stringContaining('no server answers at http://127.0.0.1:1: '),
  });
  const odd = await run('jobs', '--endpoint', 'ftp://x', ...key);
  expect(odd).toMatchObject({ code: 1, err: expect.stringContaining('"ftp://x" must start with http://') });
});

const PROGRAM = fileURLToPath(new URL('../bin/rebatch.mjs', import.meta.url));

/** Each Node on PATH, by its version; the workspace's own among them. */
const NODES = new Map(
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .flatMap((node): [string, string][] => {
      const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
      return status === 0 ? [[stdout.trim(), node]] : [];
    }),
).set(process.version, process.execPath);

test.each([...NODES])('runs as a program of Node %s', async (_version, node) => {
  const child = spawn(node, [PROGRAM, '--version'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect({ out, code }).toEqual({ out: expect.stringMatching(/^rebatch \d+\.\d+\.\d+\n$/), code: 0 });
});

test('says so when there is no room for what it prints', () => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const program = join(import.meta.dirname, '../bin/rebatch.mjs');
  const ended = spawnSync(process.execPath, [program, '--version'], { stdio: ['ignore', full, 'pipe'] });
  expect([ended.status, ended.stderr.toString()]).toEqual([
    1,
    'rebatch: standard output: the disk is full\n',
  ]);
});
