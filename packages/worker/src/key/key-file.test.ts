import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOG_FOLDER_INSIDE, programCommand } from '../sandbox/program-script.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';

const KEY = { id: 'STS.0A', secret: 'abc', token: 'a-b_c' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-key-'));
  await writeKeyFile(join(folder, 'key'), KEY, { ossHost: '10.0.0.1:8701', region: 'local' });
});
afterAll(() => rm(folder, { recursive: true }));

/** What the program script gives its program, run in the log folder, which is here instead of in a sandbox. */
async function variables(env: Record<string, string>): Promise<string[]> {
  const [shell = '', ...args] = programCommand('env', 'docker', { stdout: true, stderr: true }).map((arg) =>
    arg.replaceAll(LOG_FOLDER_INSIDE, '.'),
  );
  // Nothing runs twice beside the same log.
  await rm(join(folder, 'stdout'), { force: true });
  await promisify(execFile)(shell, args, { cwd: folder, env: { PATH: '/usr/bin:/bin', ...env } });
  const lines = (await readFile(join(folder, 'stdout'), 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith('OSS_')).toSorted();
}

test('a program finds its key under the names that the vendor’s SDKs read', async () => {
  expect(await variables({})).toEqual([
    'OSS_ACCESS_KEY_ID=STS.0A',
    'OSS_ACCESS_KEY_SECRET=abc',
    'OSS_ENDPOINT=http://10.0.0.1:8701',
    'OSS_REGION=local',
    'OSS_SESSION_TOKEN=a-b_c',
  ]);
});

test('a job that brings a key of its own gets no part of ours', async () => {
  expect(await variables({ OSS_ACCESS_KEY_ID: 'mine', OSS_ACCESS_KEY_SECRET: 'own' })).toEqual([
    'OSS_ACCESS_KEY_ID=mine',
    'OSS_ACCESS_KEY_SECRET=own',
  ]);
  expect(await variables({ OSS_ENDPOINT: '' })).toEqual(['OSS_ENDPOINT=']);
});

test('the file is for the server and for root inside only', async () => {
  const { mode } = await stat(join(folder, 'key'));
  expect(mode & 0o777).toBe(0o600);
  expect(readKeyFile((await readFile(join(folder, 'key'), 'utf8')).replaceAll('\n', '\r\n'))).toEqual(KEY);
  expect(readKeyFile('OSS_ACCESS_KEY_ID=x\n')).toBeUndefined();
});
