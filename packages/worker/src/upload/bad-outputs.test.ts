import { execFile } from 'node:child_process';
import { appendFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { manualClock } from '@rebatch/model';
import { describe, expect, it, vi } from 'vitest';
import { attemptSpec, type AttemptWorld, attemptWorld } from '../testing/attempt-world.ts';

const run = promisify(execFile);
const SPEC = attemptSpec({ outputs: [{ path: '/home/output/', url: 'oss://films/out/' }] });

/** Runs a program that makes what it likes of its output folder. */
async function leaving(world: AttemptWorld, make: (out: string) => Promise<void>, spec = SPEC) {
  world.sandboxes.program = async (inside) => {
    await make(inside.path('/home/output'));
    return 0;
  };
  return world.run(spec);
}

const DONE = { kind: 'exited', exitCode: 0 };

describe('outputs that nobody expects', () => {
  it('are left out when they are no files: pipes, sockets, devices, links in a circle', async () => {
    await using world = await attemptWorld();
    const outcome = await leaving(world, async (out) => {
      await run('mkfifo', [join(out, 'pipe')]);
      // Only root makes devices.
      if (process.getuid?.() === 0) await run('mknod', [join(out, 'device'), 'c', '1', '5']);
      const socket = createServer();
      const { promise: listening, resolve } = Promise.withResolvers<void>();
      socket.listen(join(out, 'socket'), resolve);
      await listening;
      socket.unref();
      await symlink('b', join(out, 'a'));
      await symlink('a', join(out, 'b'));
      await symlink('.', join(out, 'self'));
      await writeFile(join(out, 'picture'), 'picture');
    });
    expect(outcome).toEqual(DONE);
    expect(await world.keys()).toEqual(['out/picture']);
  });

  it('may each be named by a mapping, and are as if they were not there', async () => {
    await using world = await attemptWorld();
    const outputs = ['pipe', 'loop', 'missing'].map((name) => ({
      path: `/batchcompute/workdir/${name}`,
      url: `oss://films/${name}`,
    }));
    world.sandboxes.program = async (inside) => {
      await run('mkfifo', [inside.path('/batchcompute/workdir/pipe')]);
      await symlink('loop', inside.path('/batchcompute/workdir/loop'));
      return 0;
    };
    expect(await world.run(attemptSpec({ outputs }))).toEqual(DONE);
    expect(await world.keys()).toEqual([]);
  });

  it('keep names with line breaks, quotes, blanks and any script', async () => {
    await using world = await attemptWorld();
    const names = ['a\nb', ' c ', '"d"\\', '%41', '渲染 👩‍🚀', '__proto__', '-rf'];
    const outcome = await leaving(world, async (out) => {
      for (const name of names) await writeFile(join(out, name), name);
    });
    expect(outcome).toEqual(DONE);
    for (const name of names) expect(await world.text(`out/${name}`)).toBe(name);
  });

  it('whose names are no UTF-8 are stored under names that tell their bytes', async () => {
    await using world = await attemptWorld();
    const outcome = await leaving(world, async (out) => {
      const folder = Buffer.concat([Buffer.from(`${out}/`), Buffer.from([0xe4, 0xd6, 0xc8])]);
      await mkdir(folder);
      await writeFile(Buffer.concat([folder, Buffer.from('/0001.png')]), 'in a folder');
      await writeFile(
        Buffer.concat([Buffer.from(`${out}/a`), Buffer.from([0xff]), Buffer.from('.png')]),
        'a',
      );
    });
    expect(outcome).toEqual(DONE);
    expect(await world.keys()).toEqual(['out/%E4%D6%C8/0001.png', 'out/a%FF.png']);
    expect(await world.text('out/a%FF.png')).toBe('a');
  });

  it('with names too long for an object fail the attempt, which keeps all others', async () => {
    await using world = await attemptWorld();
    const long = 'n'.repeat(250);
    const outcome = await leaving(world, async (out) => {
      const deep = join(out, long, long, long, long);
      await mkdir(deep, { recursive: true });
      for (const name of ['a'.repeat(100), 'b'.repeat(100)]) await writeFile(join(deep, name), '');
      for (const name of ['0001.png', 'zzzz.png']) await writeFile(join(out, name), name);
    });
    expect(outcome).toEqual({
      kind: 'failed',
      code: 'InvalidObjectName',
      message: expect.stringMatching(
        /^oss:\/\/films\/out\/n+… could not be stored: .* 1108 bytes; 1023 are allowed\. Nor could 1 more\.$/,
      ),
    });
    expect(await world.keys()).toEqual(['out/0001.png', 'out/zzzz.png']);
  });

  it('that something keeps writing to fail the attempt, and nothing torn is stored', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    const put = world.objects.put.bind(world.objects);
    let written = '';
    world.objects.put = async (...args) => {
      if (args[1] === 'out/busy') await appendFile(written, 'more');
      return put(...args);
    };
    // The clock goes on while the program runs, which may take as many turns as it likes.
    const patient = { ...SPEC, timeoutSeconds: 86_400 };
    const running = leaving(
      world,
      async (out) => {
        written = join(out, 'busy');
        for (const name of ['busy', 'calm']) await writeFile(join(out, name), name);
      },
      patient,
    );
    await vi.waitUntil(() => {
      clock.advance(1000);
      return world.events.at(-1)?.type === 'ended';
    });
    const outcome = await running;
    expect(outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('out/busy could not be stored'),
    });
    expect(await world.keys()).toEqual(['out/calm']);
  });

  it('may be a folder that the program took away', async () => {
    await using world = await attemptWorld();
    const outcome = await leaving(world, (out) => rm(out, { recursive: true }));
    expect(outcome).toEqual(DONE);
  });

  it('may be very many tiny files', async () => {
    await using world = await attemptWorld();
    const names = Array.from({ length: 300 }, (_, index) => String(index).padStart(5, '0'));
    const outcome = await leaving(world, async (out) => {
      for (const name of names) await writeFile(join(out, name), name);
    });
    expect(outcome).toEqual(DONE);
    expect((await world.objects.statBucket('films')).objects).toBe(names.length);
  });
});

describe('two instances that write one output', () => {
  it('leave what one of them wrote, never a mixture', async () => {
    await using world = await attemptWorld();
    const contents = ['a', 'b'].map((letter) => letter.repeat(300_000));
    world.sandboxes.program = async (inside) => {
      const instance = Number(inside.spec.env['BATCH_COMPUTE_DAG_INSTANCE_ID']);
      await writeFile(inside.path('/home/output/shared'), contents[instance] ?? '');
      return 0;
    };
    await Promise.all(
      [0, 1].map((instanceId) => world.run({ ...SPEC, instanceId, id: `job-1.render.${instanceId}.0` })),
    );
    expect(contents).toContain(await world.text('out/shared'));
  });
});
