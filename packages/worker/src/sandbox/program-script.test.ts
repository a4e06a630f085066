import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOG_FOLDER_INSIDE, programCommand, type WantedStreams } from './program-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-script-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the script in the log folder, which is here instead of in a sandbox. */
async function run(
  commandLine: string,
  wanted: WantedStreams,
  env: Record<string, string> = {},
): Promise<void> {
  const [shell = '', ...args] = programCommand(commandLine, 'docker', wanted).map((arg) =>
    arg.replaceAll(LOG_FOLDER_INSIDE, '.'),
  );
  await promisify(execFile)(shell, args, { cwd: folder, env: { PATH: '/usr/bin:/bin', ...env } });
}

const read = (name: string) => readFile(join(folder, name), 'utf8');

it('drops what nobody wants to read, and keeps the rest', async () => {
  await run('echo out; echo err >&2', { stdout: false, stderr: true });
  expect(await read('stdout')).toBe('');
  expect(await read('stderr')).toBe('err\n');
  expect(await read('exit-code')).toBe('0\n');
});

it('leaves the job’s variables as they are, whatever they are called', async () => {
  const names = ['d', 'o', 'e', 'out', 'err', 'code', 'program'];
  const env = Object.fromEntries(names.map((name) => [name, `of the job: ${name}`]));
  await run(`printf '%s\\n' "$${names.join('" "$')}"`, { stdout: true, stderr: true }, env);
  expect(await read('stdout')).toBe(names.map((name) => `of the job: ${name}\n`).join(''));
});

it('does not run the program again when its engine starts the sandbox a second time', async () => {
  await run('echo once', { stdout: true, stderr: true });
  await expect(run('echo once', { stdout: true, stderr: true })).rejects.toMatchObject({ code: 125 });
  expect(await read('stdout')).toBe('once\n');
  expect(await read('exit-code')).toBe('0\n');
});
