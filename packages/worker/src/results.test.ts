import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { type ManualClock, manualClock } from '@rebatch/model';
import { describe, expect, it, vi } from 'vitest';
import type { AttemptSpec } from './attempt.ts';
import { attemptFolder } from './attempt-folder.ts';
import { type AttemptWorld, attemptSpec, attemptWorld } from './testing/attempt-world.ts';

/** More than is between two looks at the outputs. */
const WHILE_MS = 600;

function streaming(part: Partial<AttemptSpec> = {}): AttemptSpec {
  return attemptSpec({
    env: { REBATCH_STREAM_OUTPUTS: 'true' },
    outputs: [{ path: '/home/output/', url: 'oss://films/out/' }],
    timeoutSeconds: 86_400,
    ...part,
  });
}

/** Lets time pass until the object has the text. */
async function untilObject(
  world: AttemptWorld,
  clock: ManualClock,
  key: string,
  text: string,
): Promise<void> {
  await vi.waitUntil(
    async () => {
      clock.advance(WHILE_MS);
      return (await world.text(key)) === text;
    },
    { interval: 5 },
  );
}

describe('a job that wants its outputs while its program runs', () => {
  it('has each finished file in the store before the end, and what changed later at the end', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    const { promise: seen, resolve: goOn } = Promise.withResolvers<void>();
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/output/0001.png'), 'one');
      await seen;
      await appendFile(inside.path('/home/output/0001.png'), ' and more');
      await writeFile(inside.path('/home/output/0002.png'), 'two');
      return 0;
    };
    const running = world.run(streaming());
    await untilObject(world, clock, 'out/0001.png', 'one');
    goOn();
    expect(await running).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('out/0001.png')).toBe('one and more');
    expect(await world.text('out/0002.png')).toBe('two');
  });

  it('sends nothing again after a restart of the server', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    const put = vi.spyOn(world.objects, 'put');
    const { promise: seen, resolve: goOn } = Promise.withResolvers<void>();
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/output/0001.png'), 'one');
      await seen;
      return 0;
    };
    const letGo = new AbortController();
    const first = world.run(streaming(), { letGo: letGo.signal });
    await untilObject(world, clock, 'out/0001.png', 'one');
    // Not before it is written down: a server that dies in between may send a file again.
    const { uploadsFile } = attemptFolder(world.deps.attemptsFolder, streaming().id);
    await vi.waitUntil(async () => (await readFile(uploadsFile, 'utf8')).includes('out/0001.png'));
    letGo.abort();
    const second = world.run(streaming());
    await vi.waitUntil(() => world.events.length === 1);
    clock.advance(WHILE_MS);
    goOn();
    expect(await second).toEqual({ kind: 'exited', exitCode: 0 });
    await first;
    expect(put).toHaveBeenCalledTimes(1);
  });

  it('keeps what is up when somebody stops it, and gets no more', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    let second = '';
    world.sandboxes.program = async (inside) => {
      second = inside.path('/home/output/0002.png');
      await writeFile(inside.path('/home/output/0001.png'), 'one');
      return new Promise<number>(() => undefined);
    };
    const stop = new AbortController();
    const running = world.run(streaming(), { stop: stop.signal });
    await untilObject(world, clock, 'out/0001.png', 'one');
    await writeFile(second, 'half');
    stop.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await world.keys()).toEqual(['out/0001.png']);
  });
});
