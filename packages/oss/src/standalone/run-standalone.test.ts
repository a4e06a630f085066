import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import OSS from 'ali-oss';
import { expect, onTestFinished, test } from 'vitest';

/** A PNG of 40 x 20 pixels. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAMAAADImI+JAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQokWNgGAWjYBQwkAAAAzQAAWANf2kAAAAASUVORK5CYII=',
  'base64',
);

const PROGRAM = join(import.meta.dirname, '../../bin/rebatch-oss.mjs');

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-standalone-'));
  onTestFinished(async () => rm(dir, { recursive: true, force: true }));
  return dir;
}

function start(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const { REBATCH_ACCESS_KEY_ID: _id, REBATCH_ACCESS_KEY_SECRET: _secret, ...env } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function readyAt(child: { stdout: Readable }): Promise<string> {
  const [line] = await once(child.stdout, 'data');
  const { oss } = JSON.parse(String(line));
  return String(oss);
}

test('the store alone keeps objects between two starts, under a key of its own making', async () => {
  const data = await folder();
  const first = start('--data', data, '--port', '0');
  const client = await clientOf(await readyAt(first), data);
  await client.putBucket('pictures');
  client.useBucket('pictures');
  await client.put('a.txt', Buffer.from('kept'));
  // Large enough for a file of its own; nothing of it may keep the process.
  await client.put('large', Buffer.alloc(8 << 20));
  // Nor may the process that makes pictures, which does so on after the answer.
  await client.put('a.png', PICTURE);
  await client.get('a.png', { process: 'image/rotate,90' });
  const gone = once(first, 'exit');
  first.kill('SIGTERM');
  expect((await gone)[0]).toBe(0);

  const again = await clientOf(await readyAt(start('--data', data, '--port', '0')), data);
  again.useBucket('pictures');
  expect(String((await again.get('a.txt')).content)).toBe('kept');
  expect((await stat(join(data, 'credentials.json'))).mode & 0o777).toBe(0o600);
});

test.each([
  { args: [], code: 2, says: '--data DIR is missing' },
  { args: ['--data', 'x', '--port', '70000'], code: 2, says: '--port must be' },
  { args: ['--data', '/proc/version'], code: 1, says: '/proc/version' },
])('refuses $args in one line', async ({ args, code, says }) => {
  const child = start(...args);
  const [stderr, [exit]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(exit).toBe(code);
  expect(stderr).toMatch(/^rebatch-oss: [^\n]+\n$/);
  expect(stderr).toContain(says);
});

async function clientOf(endpoint: string, data: string): Promise<OSS> {
  const { accessKeyId, accessKeySecret } = JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8'));
  const local = endpoint.replace('127.0.0.1', 'localhost');
  // The types do not know sldEnable, which asks for path style.
  const options = { endpoint: local, accessKeyId, accessKeySecret, sldEnable: true };
  return new OSS(options);
}
