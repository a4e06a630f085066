import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHoldingProxy } from '../support/holding-proxy.ts';
import { rebatch } from '../support/rebatch.ts';
import { run } from '../support/run.ts';
import { REBATCH, type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

/** Three parts of 8 MiB, of which the first is let through. */
const BYTES = 17 * 1024 * 1024 + 1;

const FIRST_PART = /^PUT .*partNumber=1/;
const LATER_PARTS = /^PUT .*partNumber=[23]/;
const LATER_PIECES = /^GET .* bytes=(8|16)\d{6}/;

let server: StartedServer;
let folder: string;
let file: string;

beforeAll(async () => {
  server = await startServer({ executor: 'simulated' });
  await server.objects.makeBucket('films');
  folder = await mkdtemp(join(tmpdir(), 'rebatch-copy-'));
  file = join(folder, 'film.mov');
  // Random, so that a part in the wrong place is seen; once is enough of it.
  await writeFile(file, Buffer.alloc(BYTES, randomBytes(1_000_003)));
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

/** `rebatch cp` on a line where `later` gets stuck; killed when the `first` part is through and a later one stuck. */
async function killedCopy(args: string[], later: RegExp, first: RegExp): Promise<void> {
  const proxy = await startHoldingProxy(server.oss, (line) => later.test(line));
  const env = { ...server.env, REBATCH_OSS_ENDPOINT: proxy.url };
  const copy = spawn(process.execPath, [REBATCH, 'cp', ...args], { env, stdio: 'ignore' });
  const gone = once(copy, 'exit');
  await until('a part that is through', () => proxy.passed.some((line) => first.test(line)));
  await until('a part that is stuck', () => proxy.held.length > 0);
  copy.kill('SIGKILL');
  await gone;
  await proxy.close();
}

async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

test('a large upload that was killed goes on, and leaves no parts behind', async () => {
  await killedCopy([file, 'oss://films/film.mov'], LATER_PARTS, FIRST_PART);
  expect(await server.objects.find('films', 'film.mov')).toBeUndefined();
  const proxy = await startHoldingProxy(server.oss, () => false);
  const there = { env: { ...server.env, REBATCH_OSS_ENDPOINT: proxy.url } };
  expect(await run(process.execPath, [REBATCH, 'cp', file, 'oss://films/film.mov'], there)).toMatchObject({
    code: 0,
  });
  expect(proxy.passed.filter((line) => LATER_PARTS.test(line))).toHaveLength(2);
  expect(proxy.passed.filter((line) => FIRST_PART.test(line))).toEqual([]);
  await proxy.close();
  expect(await server.objects.head('films', 'film.mov')).toMatchObject({ size: BYTES });
  const again = await rebatch(server, 'cp', file, 'oss://films/film.mov');
  expect(again.stdout).toMatch(/^0 files copied, 1 unchanged/);
});

test('a large download that was killed goes on, and no half of it ever has its name', async () => {
  const target = join(folder, 'down');
  await mkdir(target);
  await killedCopy(['oss://films/film.mov', join(target, 'film.mov')], LATER_PIECES, /^GET .* bytes=0-/);
  expect(await readdir(target)).toEqual([expect.stringMatching(/^film\.mov\..*\.rebatch-part$/)]);
  expect(await rebatch(server, 'cp', 'oss://films/film.mov', `${target}/`)).toMatchObject({ code: 0 });
  expect(await readdir(target)).toEqual(['film.mov']);
  expect(await sha256(join(target, 'film.mov'))).toBe(await sha256(file));
});

test('nothing is left of the upload that was killed: the bucket is empty without its object', async () => {
  expect(await rebatch(server, 'rm', 'oss://films/film.mov')).toMatchObject({ code: 0 });
  expect(await rebatch(server, 'rb', 'oss://films')).toMatchObject({ code: 0 });
});
