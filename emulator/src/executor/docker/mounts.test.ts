import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type DockerWorld, dockerWorld } from './testing/docker-world.ts';

const input = (key: string, path: string, writable = false) => ({
  url: `oss://films/${key}`,
  path,
  writable,
});

async function keys(world: DockerWorld): Promise<string[]> {
  return (await world.objects.list('films')).objects.map((info) => info.key);
}

describe.concurrent('Mounts of a task', () => {
  it.each(['fuse', 'stage-in'] as const)(
    'lie in one another in any order, at the root too, and each goes back where it came from (%s)',
    async (mounts) => {
      await using world = await dockerWorld({ mounts });
      await world.put('outer/a', 'outer a\n');
      await world.put('outer/inner/hidden', 'hidden\n');
      await world.put('inner/b', 'inner b\n');
      await world.put('one', 'one\n');
      const outcome = await world.run({
        inputs: [
          input('inner/', '/data/inner/'),
          input('outer/', '/data/', true),
          input('one', '/data/inner/one'),
          input('one', '/name'),
          input('outer/', '/twice/'),
          input('outer/', '/twice/', true),
        ],
        outputs: [
          { path: '/data/out/', url: 'oss://films/out/' },
          { path: '/data/inner/out/', url: 'oss://films/deep/' },
          { path: '/rc', url: 'oss://films/rc' },
        ],
        commandLine: `cat /data/a /data/inner/b /data/inner/one /name /twice/a; ls /data /data/inner; cat /data/inner/hidden;
          echo n >/data/new; echo l >/data/inner/local; echo o >/data/out/o; echo d >/data/inner/out/d; echo t >/twice/t; echo 7 >/rc`,
      });
      expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
      expect(await world.text('stdout')).toBe(
        'outer a\ninner b\none\none\nouter a\n/data:\na\ninner\nout\n\n/data/inner:\nb\none\nout\n',
      );
      expect(await keys(world)).toEqual([
        'deep/d',
        'inner/b',
        'one',
        'out/o',
        'outer/a',
        'outer/inner/hidden',
        'outer/new',
        // An output inside a writable input is new there, too.
        'outer/out/o',
        'outer/t',
        'rc',
        'stderr',
        'stdout',
      ]);
      expect(await world.text('rc')).toBe('7\n');
    },
  );

  it.each([
    ['/', 'input'],
    ['/proc/1/', 'input'],
    ['/etc/passwd', 'input'],
    ['/', 'output'],
    ['/proc/x', 'output'],
    ['/etc/passwd', 'log'],
  ] as const)('cannot cover what belongs to the system: %s as an %s', async (path, kind) => {
    await using world = await dockerWorld();
    await world.put('one', 'one');
    const mapping = { path, url: 'oss://films/one' };
    const outcome = await world.run({
      inputs: kind === 'input' ? [{ ...mapping, writable: false }] : [],
      outputs: kind === 'output' ? [mapping] : [],
      logs: kind === 'log' ? [mapping] : [],
      commandLine: 'true',
    });
    const parameter = { input: 'InputMapping', output: 'OutputMapping', log: 'LogMapping' }[kind];
    expect(outcome).toMatchObject({
      kind: 'failed',
      code: `Invalid${parameter}`,
      message: expect.stringContaining(`"${path}" belongs to the system`),
    });
  });

  it('show what was there when the attempt began: what was opened stays, what was not fails, never another content', async () => {
    await using world = await dockerWorld();
    const opened = 'every byte counts; '.repeat(100_000);
    await world.put('in/opened', opened);
    await world.put('in/unread', opened);
    await world.put('in/small', 'small');
    await world.put('in/gone', 'gone');
    const spec = world.spec({
      inputs: [input('in/', '/in/')],
      commandLine: `head -c 5 /in/opened; echo; until [ -f /go ]; do sleep 0.1; done; ls /in;
        md5sum </in/opened; for f in unread small gone new; do cat /in/$f || echo no $f; done`,
    });
    world.executor.start(spec);
    await vi.waitUntil(async () => (await world.text('stdout')) === 'every\n');
    for (const key of ['in/opened', 'in/unread', 'in/small', 'in/new']) await world.put(key, 'other');
    await world.objects.delete('films', 'in/gone');
    const container = world.docker.getContainer(`rebatch-${spec.id}`);
    await (await container.exec({ Cmd: ['touch', '/go'] })).start({ Detach: true });
    expect(await world.ended(spec.id)).toEqual({ kind: 'exited', exitCode: 0 });
    const hash = createHash('md5').update(opened).digest('hex');
    expect(await world.text('stdout')).toBe(
      `every\ngone\nopened\nsmall\nunread\n${hash}  -\nno unread\nno small\nno gone\nno new\n`,
    );
    expect(await world.text('stderr')).toContain('Input/output error');
  });
});
