import { appendFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { attemptWorld } from '../testing/attempt-world.ts';
import { startLogPump } from './log-pump.ts';
import { LogStream } from './log-stream.ts';

const url = { bucket: 'films', key: 'logs/stdout' };
const owner = { attemptId: 'job-1.render.0.0', attempt: 0 };

describe('a log stream', () => {
  it('brings every byte exactly once, whoever goes on, and when a reply is lost', async () => {
    await using world = await attemptWorld();
    const step = fc.oneof(
      fc.record({ kind: fc.constant('print' as const), bytes: fc.uint8Array({ maxLength: 2000 }) }),
      fc.record({ kind: fc.constantFrom('drain' as const, 'crash' as const, 'lost reply' as const) }),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const file = join(world.root, `out-${run}`);
        const object = { bucket: 'films', key: `log-${run}` };
        run += 1;
        let stream = new LogStream(world.objects, object, owner, file);
        const printed: Uint8Array[] = [];
        for (const { kind, ...rest } of [...steps, { kind: 'drain' as const }]) {
          if ('bytes' in rest) {
            printed.push(rest.bytes);
            await appendFile(file, rest.bytes);
          } else if (kind === 'crash') {
            await stream.close();
            stream = new LogStream(world.objects, object, owner, file);
          } else if (kind === 'lost reply') {
            const other = new LogStream(world.objects, object, owner, file);
            await other.drain();
            await other.close();
          } else {
            await stream.drain();
          }
        }
        await stream.close();
        expect((await world.text(object.key)) ?? '').toBe(Buffer.concat(printed).toString());
      }),
      { numRuns: 40 },
    );
  });

  it('shows no file of this host when the program puts a link in its log’s place', async () => {
    await using world = await attemptWorld();
    await writeFile(join(world.root, 'secret'), 'secret');
    await symlink(join(world.root, 'secret'), join(world.root, 'stdout'));
    const stream = new LogStream(world.objects, url, owner, join(world.root, 'stdout'));
    await stream.drain();
    await stream.close();
    expect(await world.text(url.key)).toBeUndefined();
  });

  it('moves away what is in its place and is not its own', async () => {
    await using world = await attemptWorld();
    await world.put(url.key, 'not a log');
    const file = join(world.root, 'stdout');
    await writeFile(file, 'log');
    const stream = new LogStream(world.objects, url, owner, file);
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
    const stream = new LogStream(world.objects, url, owner, file);
    const pump = startLogPump(folder, new Map([['stdout', stream]]), systemClock);
    await appendFile(file, 'one\n');
    await vi.waitUntil(async () => (await world.text(url.key)) === 'one\n');
    await appendFile(file, 'two\n');
    await vi.waitUntil(async () => (await world.text(url.key)) === 'one\ntwo\n');
    await appendFile(file, 'three');
    await pump.finish();
    expect(await world.text(url.key)).toBe('one\ntwo\nthree');
    await rm(folder, { recursive: true });
  });

  it('reports at the end that the store does not take the log', async () => {
    await using world = await attemptWorld();
    const file = join(world.root, 'stdout');
    await writeFile(file, 'one\n');
    const stream = new LogStream(world.objects, { bucket: 'gone', key: 'log' }, owner, file);
    const pump = startLogPump(world.root, new Map([['stdout', stream]]), systemClock);
    await expect(pump.finish()).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });
});
