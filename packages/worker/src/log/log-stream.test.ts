import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AttemptWorld, attemptWorld } from '../testing/attempt-world.ts';
import { startLogPump } from './log-pump.ts';
import { LogStream } from './log-stream.ts';

const url = { bucket: 'films', key: 'logs/stdout' };
const going = new AbortController().signal;
const owner = { attemptId: 'job-1.render.0.0', attempt: 0 };

/** The bytes of each part of a log. */
async function partsOf({ objects }: AttemptWorld, key: string): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  const { objects: found } = await objects.list('films', { prefix: key });
  for (const info of found) {
    const { body } = await objects.get('films', info.key);
    parts.push(Buffer.concat(await body.toArray()));
  }
  return parts;
}

describe('a log stream', () => {
  it('brings every byte exactly once, whoever goes on, when a reply is lost, in one object or more', async () => {
    await using world = await attemptWorld();
    const step = fc.oneof(
      fc.record({ kind: fc.constant('print' as const), bytes: fc.uint8Array({ maxLength: 2000 }) }),
      fc.record({ kind: fc.constantFrom('drain' as const, 'crash' as const, 'lost reply' as const) }),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 500, max: 20_000 }),
        async (steps, partBytes) => {
          const file = join(world.root, `out-${run}`);
          const key = `log-${run}-`;
          run += 1;
          const options = { objects: world.objects, url: { bucket: 'films', key }, owner, file, partBytes };
          let stream = new LogStream(options);
          const printed: Uint8Array[] = [];
          for (const { kind, ...rest } of [...steps, { kind: 'drain' as const }]) {
            if ('bytes' in rest) {
              printed.push(rest.bytes);
              await appendFile(file, rest.bytes);
            } else if (kind === 'crash') {
              await stream.close();
              stream = new LogStream(options);
            } else if (kind === 'lost reply') {
              const other = new LogStream(options);
              await other.drain();
              await other.close();
            } else {
              await stream.drain();
            }
          }
          await stream.close();
          const parts = await partsOf(world, key);
          expect(Buffer.concat(parts).equals(Buffer.concat(printed))).toBe(true);
          for (const part of parts.slice(0, -1)) expect(part.length).toBe(partBytes);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('calls further objects by the log’s name and their number, and moves all of an earlier try’s', async () => {
    await using world = await attemptWorld();
    const write = async (attempt: number, text: string): Promise<void> => {
      const file = join(world.root, `out-${attempt}`);
      await writeFile(file, text);
      const whose = { attemptId: `job-1.render.0.${attempt}`, attempt };
      const stream = new LogStream({ objects: world.objects, url, owner: whose, file, partBytes: 4 });
      await stream.open();
      await stream.drain();
      await stream.close();
    };
    await write(0, 'abcdefghij');
    expect(await world.keys()).toEqual(['logs/stdout', 'logs/stdout.1', 'logs/stdout.2']);
    await write(1, 'ABCDEF');
    expect(
      Object.fromEntries(
        await Promise.all((await world.keys()).map(async (key) => [key, await world.text(key)])),
      ),
    ).toEqual({
      'logs/stdout': 'ABCD',
      'logs/stdout.1': 'EF',
      'logs/stdout.attempt-0': 'abcd',
      'logs/stdout.attempt-0.1': 'efgh',
      'logs/stdout.attempt-0.2': 'ij',
    });
  });

  it('leaves on this disk only the last of what is uploaded', async () => {
    await using world = await attemptWorld();
    const file = join(world.root, 'stdout');
    const mib = 1024 * 1024;
    const content = randomBytes(20 * mib);
    await writeFile(file, content);
    const heard: Uint8Array[] = [];
    const listener = (bytes: Uint8Array): void => void heard.push(bytes);
    const stream = new LogStream({ objects: world.objects, url, owner, file, listener, releaseBytes: mib });
    await stream.drain();
    await stream.close();
    const { size, blocks } = await stat(file);
    expect(size).toBe(content.length);
    expect(blocks * 512).toBeLessThan(18 * mib);
    expect(Buffer.concat(await partsOf(world, url.key)).equals(content)).toBe(true);
    expect(Buffer.concat(heard).equals(content)).toBe(true);
  });

  it('shows no file of this host when the program puts a link in its log’s place', async () => {
    await using world = await attemptWorld();
    await writeFile(join(world.root, 'secret'), 'secret');
    await symlink(join(world.root, 'secret'), join(world.root, 'stdout'));
    const stream = new LogStream({ objects: world.objects, url, owner, file: join(world.root, 'stdout') });
    await stream.drain();
    await stream.close();
    expect(await world.text(url.key)).toBeUndefined();
  });

  it('moves away what is in its place and is not its own', async () => {
    await using world = await attemptWorld();
    await world.put(url.key, 'not a log');
    const file = join(world.root, 'stdout');
    await writeFile(file, 'log');
    const stream = new LogStream({ objects: world.objects, url, owner, file });
    await stream.drain();
    await stream.close();
    expect(await world.text(url.key)).toBe('log');
    expect(await world.text(`${url.key}.attempt-unknown`)).toBe('not a log');
  });
});

describe('the log pump', () => {
  it('shows what is printed while the program runs, and all of it at the end', async () => {
    await using world = await attemptWorld();
    const folder = await mkdtemp(join(tmpdir(), 'rebatch-logs-'));
    const file = join(folder, 'stdout');
    const stream = new LogStream({ objects: world.objects, url, owner, file });
    const pump = startLogPump(folder, new Map([['stdout', stream]]), systemClock);
    await appendFile(file, 'one\n');
    await vi.waitUntil(async () => (await world.text(url.key)) === 'one\n');
    await appendFile(file, 'two\n');
    await vi.waitUntil(async () => (await world.text(url.key)) === 'one\ntwo\n');
    await appendFile(file, 'three');
    await pump.finish(going);
    expect(await world.text(url.key)).toBe('one\ntwo\nthree');
    await rm(folder, { recursive: true });
  });

  it('reports at the end that the store does not take the log', async () => {
    await using world = await attemptWorld();
    const file = join(world.root, 'stdout');
    await writeFile(file, 'one\n');
    const stream = new LogStream({
      objects: world.objects,
      url: { bucket: 'gone', key: 'log' },
      owner,
      file,
    });
    const pump = startLogPump(world.root, new Map([['stdout', stream]]), systemClock);
    await expect(pump.finish(going)).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });
});
