import { access, appendFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { ObjectStoreError } from '@rebatch/objects';
import { describe, expect, it, vi } from 'vitest';
import { attemptSpec, attemptWorld } from './testing/attempt-world.ts';

const untilKilled = (): Promise<number> => new Promise<number>(() => undefined);

describe('an attempt', () => {
  it('finds its package and inputs, and its outputs and logs are stored before it is reported', async () => {
    await using world = await attemptWorld();
    await world.put('tool', '#!/bin/sh\n');
    await world.put('scenes/a.blend', 'scene');
    world.sandboxes.program = async (inside) => {
      const scene = await readFile(inside.path('/home/input/a.blend'), 'utf8');
      await access(inside.path('/batchcompute/workdir/tool'));
      await writeFile(inside.path('/home/output/0001.png'), `picture of ${scene}`);
      await writeFile(inside.path('/batchcompute/workdir/rc'), '0');
      await writeFile(inside.path('/batchcompute/workdir/render.log'), 'log');
      await inside.print('stdout', 'Saved\n');
      return 0;
    };
    const outcome = await world.run(
      attemptSpec({
        packageUrl: 'oss://films/tool',
        inputs: [{ url: 'oss://films/scenes/', path: '/home/input/', writable: false }],
        outputs: [
          { path: '/home/output/', url: 'oss://films/out/' },
          { path: 'rc', url: 'oss://films/rc.txt' },
          { path: '/home/output/missing.txt', url: 'oss://films/missing.txt' },
        ],
        logs: [{ path: '/batchcompute/workdir/render.log', url: 'oss://films/logs/' }],
      }),
    );
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(world.events.map((event) => event.type)).toEqual(['started', 'ended']);
    expect(await world.text('out/0001.png')).toBe('picture of scene');
    expect(await world.text('rc.txt')).toBe('0');
    expect(await world.text('logs/render.log.job-1.render.0')).toBe('log');
    expect(await world.text('logs/stdout.job-1.render.0')).toBe('Saved\n');
    expect(await world.keys()).not.toContain('missing.txt');
  });

  it('keeps what the program wrote under a read-only input to itself', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'a');
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/in/new'), 'n');
      return 0;
    };
    await world.run(
      attemptSpec({ inputs: [{ url: 'oss://films/in/', path: '/home/in/', writable: false }] }),
    );
    expect(await world.keys()).toEqual(['in/a']);
  });

  it('uploads new and changed files of a writable input, and deletes nothing', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'a');
    await world.put('in/b', 'b');
    world.sandboxes.program = async (inside) => {
      await rm(inside.path('/home/in/a'));
      await rm(inside.path('/home/in/b'));
      await writeFile(inside.path('/home/in/b'), 'better');
      await mkdir(inside.path('/home/in/sub'));
      await writeFile(inside.path('/home/in/sub/c'), 'c');
      return 0;
    };
    await world.run(attemptSpec({ inputs: [{ url: 'oss://films/in/', path: '/home/in/', writable: true }] }));
    expect(await world.keys()).toEqual(['in/a', 'in/b', 'in/sub/c']);
    expect(await world.text('in/b')).toBe('better');
  });

  it('accepts a folder mapped both ways, as some clients send it', async () => {
    await using world = await attemptWorld();
    await world.put('both/a', 'a');
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/both/b'), 'b');
      return 0;
    };
    const before = await world.objects.head('films', 'both/a');
    await world.run(
      attemptSpec({
        inputs: [{ url: 'oss://films/both/', path: '/home/both/', writable: true }],
        outputs: [{ path: '/home/both/', url: 'oss://films/both/' }],
      }),
    );
    expect(await world.keys()).toEqual(['both/a', 'both/b']);
    expect((await world.objects.head('films', 'both/a')).lastModified).toBe(before.lastModified);
  });

  it('uploads outputs of a program that failed', async () => {
    await using world = await attemptWorld();
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/output/0001.png'), 'picture');
      return 11;
    };
    const spec = attemptSpec({ outputs: [{ path: '/home/output/', url: 'oss://films/out/' }] });
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 11 });
    expect(await world.text('out/0001.png')).toBe('picture');
  });

  it('never uploads a file of this host through a link that the program made', async () => {
    await using world = await attemptWorld();
    await writeFile(join(world.root, 'secret'), 'secret');
    world.sandboxes.program = async (inside) => {
      const out = inside.path('/home/output');
      await symlink(join(world.root, 'secret'), join(out, 'absolute'));
      await symlink('../../../../secret', join(out, 'relative'));
      await symlink(world.root, join(out, 'folder'));
      await writeFile(join(out, 'real'), 'real');
      await symlink('/home/output/real', join(out, 'alias'));
      await symlink('loop', join(out, 'loop'));
      return 0;
    };
    await world.run(
      attemptSpec({
        outputs: [
          { path: '/home/output/', url: 'oss://films/out/' },
          { path: '/home/output/absolute', url: 'oss://films/single' },
          { path: '/home/output/folder/secret', url: 'oss://films/below' },
        ],
      }),
    );
    expect(await world.keys()).toEqual(['out/alias', 'out/real']);
    expect(await world.text('out/alias')).toBe('real');
  });

  it('has a key of the object store from before its program runs until its end', async () => {
    await using world = await attemptWorld();
    const steps: string[] = [];
    world.deps.keys = {
      issue(spec, forMs) {
        steps.push(`issued to ${spec.id} for ${forMs >= 60_000 ? 'its time' : 'too short'}`);
        return { id: 'STS.1', secret: 's', token: 't' };
      },
      revoke: (attemptId) => void steps.push(`taken from ${attemptId}`),
    };
    world.sandboxes.program = async (inside) => {
      steps.push(await readFile(inside.path('/.rebatch/logs/key'), 'utf8'));
      return 0;
    };
    await world.run(attemptSpec());
    expect(steps).toEqual([
      'issued to job-1.render.0.0 for its time',
      expect.stringContaining('OSS_ACCESS_KEY_ID=STS.1\n'),
      'taken from job-1.render.0.0',
    ]);
    const { command, env } = world.sandboxes.boxes.get('job-1.render.0.0')?.spec ?? {};
    expect(JSON.stringify({ command, env })).not.toContain('STS.1');
  });

  it('reports the progress that a launcher printed', async () => {
    await using world = await attemptWorld();
    const folder = join(world.root, 'attempts', 'job-1.render.0.0', 'logs');
    await mkdir(folder, { recursive: true });
    await appendFile(
      join(folder, 'stdout'),
      'rebatch piece count=2 instance=0 of=1\nrebatch frame=1 state=saved file=1\n',
    );
    await world.run(attemptSpec());
    expect(world.events).toContainEqual({ type: 'progress', attemptId: 'job-1.render.0.0', percent: 50 });
  });

  it('starts a retry’s log anew and keeps the failed try’s log', async () => {
    await using world = await attemptWorld();
    const printing = (text: string) => async (inside: Parameters<typeof world.sandboxes.program>[0]) => {
      await inside.print('stdout', text);
      return 1;
    };
    world.sandboxes.program = printing('first try\n');
    await world.run(attemptSpec({ attempt: 0 }));
    world.sandboxes.program = printing('second try\n');
    await world.run(attemptSpec({ attempt: 1 }));
    expect(await world.text('logs/stdout.job-1.render.0')).toBe('second try\n');
    expect(await world.text('logs/stdout.job-1.render.0.attempt-0')).toBe('first try\n');
  });
});

describe('a full disk', () => {
  it('fails an attempt whose output cannot be stored, naming the object, and shows nothing half', async () => {
    await using world = await attemptWorld();
    vi.spyOn(world.objects, 'put').mockRejectedValue(new ObjectStoreError('DiskFull', 'no space'));
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/output/0001.png'), 'picture');
      return 0;
    };
    const spec = attemptSpec({ outputs: [{ path: '/home/output/', url: 'oss://films/out/' }] });
    expect(await world.run(spec)).toEqual({
      kind: 'failed',
      code: 'InternalError.DiskFull',
      message: expect.stringMatching(
        /^oss:\/\/films\/out\/0001\.png could not be stored: The disk .* is full/,
      ),
    });
    expect(await world.keys()).toEqual([]);
  });

  it('fails an attempt that cannot be prepared for want of space', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'a');
    vi.spyOn(world.objects, 'get').mockRejectedValue(
      Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }),
    );
    const spec = attemptSpec({ inputs: [{ url: 'oss://films/in/', path: '/in/', writable: false }] });
    expect(await world.run(spec)).toMatchObject({ kind: 'failed', code: 'InternalError.DiskFull' });
  });
});

describe('an attempt that cannot be prepared', () => {
  const cases = [
    {
      title: 'an output bucket that does not exist',
      part: { outputs: [{ path: '/o/', url: 'oss://nowhere/out/' }] },
      code: 'InvalidOutputMapping',
      text: 'oss://nowhere/out/: bucket "nowhere" does not exist',
    },
    {
      title: 'a bucket of another account',
      part: { inputs: [{ url: 'oss://foreign/in/', path: '/in/', writable: false }] },
      code: 'InvalidInputMapping',
      text: 'bucket "foreign" belongs to another account',
    },
    {
      title: 'a log bucket that does not exist',
      part: { stdoutUrl: 'oss://nowhere/logs/stdout' },
      code: 'InvalidStdoutRedirectPath',
      text: 'oss://nowhere/logs/stdout: bucket "nowhere" does not exist',
    },
    {
      title: 'an input object that is not there',
      part: { inputs: [{ url: 'oss://films/no.blend', path: '/in.blend', writable: false }] },
      code: 'InvalidInputMapping',
      text: 'There is no object oss://films/no.blend',
    },
    {
      title: 'a package that is not there',
      part: { packageUrl: 'oss://films/no.tar.gz' },
      code: 'InvalidPackagePath',
      text: 'There is no object oss://films/no.tar.gz',
    },
    {
      title: 'a mapping onto the root',
      part: { inputs: [{ url: 'oss://films/in/', path: '/', writable: false }] },
      code: 'InvalidInputMapping',
      text: '"/" belongs to the system',
    },
  ];
  it.each(cases)('says so: $title', async ({ part, code, text }) => {
    await using world = await attemptWorld();
    const outcome = await world.run(attemptSpec(part));
    expect(outcome).toMatchObject({ kind: 'failed', code, message: expect.stringContaining(text) });
    expect(world.sandboxes.boxes.size).toBe(0);
    expect(world.events.map((event) => event.type)).toEqual(['ended']);
  });
});

describe('ending an attempt early', () => {
  it('asks an overdue program to end, then kills it', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    const asked = vi.fn<() => void>();
    world.sandboxes.program = async (inside) => {
      await inside.print('stdout', 'slow\n');
      void inside.terminated.then(asked);
      return untilKilled();
    };
    const running = world.run(attemptSpec({ timeoutSeconds: 60 }));
    await vi.waitUntil(() => world.events.length === 1);
    clock.advance(59_999);
    expect(asked).not.toHaveBeenCalled();
    clock.advance(1);
    await vi.waitUntil(() => asked.mock.calls.length === 1);
    expect(world.events.length).toBe(1);
    clock.advance(1000);
    expect(await running).toEqual({ kind: 'killed', reason: 'timeout', exitCode: 137 });
    expect(await world.text('logs/stdout.job-1.render.0')).toBe('slow\n');
  });

  it('reports a timeout also when the program ends well after SIGTERM', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    world.sandboxes.program = async (inside) => {
      await inside.terminated;
      return 0;
    };
    const running = world.run(attemptSpec({ timeoutSeconds: 1 }));
    await vi.waitUntil(() => world.events.length === 1);
    clock.advance(1000);
    expect(await running).toEqual({ kind: 'killed', reason: 'timeout', exitCode: 0 });
  });

  it('kills a stopped program, keeps its log and uploads no output', async () => {
    await using world = await attemptWorld();
    world.sandboxes.program = async (inside) => {
      await writeFile(inside.path('/home/output/half.png'), 'half');
      await inside.print('stdout', 'working\n');
      return untilKilled();
    };
    const stop = new AbortController();
    const spec = attemptSpec({ outputs: [{ path: '/home/output/', url: 'oss://films/out/' }] });
    const running = world.run(spec, { stop: stop.signal });
    await vi.waitUntil(async () => (await world.text('logs/stdout.job-1.render.0')) === 'working\n');
    stop.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await world.keys()).toEqual(['logs/stdout.job-1.render.0']);
  });

  it('does not start a program that is stopped before', async () => {
    await using world = await attemptWorld();
    expect(await world.run(attemptSpec(), { stop: AbortSignal.abort() })).toEqual({ kind: 'stopped' });
    expect([...world.sandboxes.boxes.values()].map((box) => box.starts)).toEqual([]);
  });
});
