import { appendFile, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ManualClock, manualClock } from '@rebatch/model';
import { describe, expect, it, vi } from 'vitest';
import { type UploadWorld, uploadWorld } from '../testing/upload-world.ts';
import { EarlyOutputs } from './early-outputs.ts';
import { fileState } from './file-state.ts';

/** A program that runs, with its folder /out/ going to oss://films/out/. */
class Running {
  readonly out: string;
  /** Files that it has open for writing; undefined: nobody knows. */
  open: Set<string> | undefined = new Set();
  readonly #early: EarlyOutputs;
  readonly #world: UploadWorld;
  readonly #clock: ManualClock;

  constructor(world: UploadWorld, clock: ManualClock) {
    this.#world = world;
    this.#clock = clock;
    this.out = join(world.folder, 'out');
    this.#early = new EarlyOutputs({
      outputs: [{ from: { path: '/out', folder: true }, to: { bucket: 'films', key: 'out/' }, suffix: '' }],
      regions: [{ target: '/out', host: this.out }],
      uploader: world.uploader,
      clock,
      signal: new AbortController().signal,
      beingWritten: async () => this.open,
    });
  }

  async start(): Promise<void> {
    await mkdir(this.out, { recursive: true });
    this.#early.start();
  }

  /** Looks so often, each look whole. */
  async look(times = 1): Promise<void> {
    for (let look = 0; look < times; look += 1) {
      this.#clock.runNext();
      await vi.waitUntil(() => this.#clock.pending() > 0, { interval: 1 });
    }
  }

  /** Keys when the program has ended and what was on its way has arrived. */
  async end(): Promise<string[]> {
    await this.#early.finish();
    return (await this.#world.objects.list('films')).objects.map(({ key }) => key);
  }
}

async function run(steps: (program: Running) => Promise<void>): Promise<string[]> {
  const clock = manualClock();
  await using world = await uploadWorld({ clock });
  const program = new Running(world, clock);
  await program.start();
  await steps(program);
  return await program.end();
}

describe('an output of a program that still runs', () => {
  it('is uploaded when two looks found it the same, in whatever folder', async () => {
    const keys = await run(async (program) => {
      await mkdir(join(program.out, 'shot'));
      await writeFile(join(program.out, 'shot/0001.png'), 'one');
      await program.look();
      await writeFile(join(program.out, '0002.png'), 'two');
      await program.look();
    });
    expect(keys).toEqual(['out/shot/0001.png']);
  });

  it('is not while the program has it open, however long', async () => {
    const keys = await run(async (program) => {
      for (const name of ['open', 'closed']) await writeFile(join(program.out, name), 'picture');
      const stats = await lstat(join(program.out, 'open'), { bigint: true });
      program.open = new Set([fileState(stats, false).file]);
      await program.look(20);
    });
    expect(keys).toEqual(['out/closed']);
  });

  it('has to be the same for ten looks where nobody knows what is open', async () => {
    const keys = await run(async (program) => {
      program.open = undefined;
      await writeFile(join(program.out, 'a'), 'picture');
      await program.look();
      await writeFile(join(program.out, 'b'), 'picture');
      await program.look(9);
    });
    expect(keys).toEqual(['out/a']);
  });

  it('is uploaded at once when it was renamed into its place', async () => {
    const keys = await run(async (program) => {
      await writeFile(join(program.out, 'a.tmp'), 'picture');
      await program.look();
      await rename(join(program.out, 'a.tmp'), join(program.out, 'a'));
      await program.look();
    });
    expect(keys).toEqual(['out/a']);
  });

  it('is not while it is empty: it may be a place holder', async () => {
    const keys = await run(async (program) => {
      await writeFile(join(program.out, 'a'), '');
      await program.look(20);
    });
    expect(keys).toEqual([]);
  });

  it('is sent early once, however often it changes', async () => {
    const clock = manualClock();
    await using world = await uploadWorld({ clock });
    const put = vi.spyOn(world.objects, 'put');
    const program = new Running(world, clock);
    await program.start();
    await appendFile(join(program.out, 'log'), 'first');
    await program.look(2);
    await vi.waitUntil(() => put.mock.settledResults[0]?.type === 'fulfilled');
    for (let change = 0; change < 3; change += 1) {
      await appendFile(join(program.out, 'log'), 'more');
      await program.look(3);
    }
    await program.end();
    expect(put).toHaveBeenCalledTimes(1);
  });

  it('is not looked for outside, whatever the program makes of its folder', async () => {
    await using elsewhere = await uploadWorld();
    await mkdir(join(elsewhere.folder, 'shot'));
    await writeFile(join(elsewhere.folder, 'shot/secret'), 'secret');
    const keys = await run(async (program) => {
      await mkdir(join(program.out, 'shot'));
      await writeFile(join(program.out, 'shot/a'), 'picture');
      await program.look();
      await rm(program.out, { recursive: true });
      await program.look();
      await symlink(elsewhere.folder, program.out);
      await program.look(20);
    });
    expect(keys).toEqual([]);
  });
});
