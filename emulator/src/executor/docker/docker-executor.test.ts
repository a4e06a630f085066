import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { describe, expect, it, vi } from 'vitest';
import { createDockerExecutor } from './docker-executor.ts';
import { dockerWorld, GRACE_MS } from './testing/docker-world.ts';
import { heldClock, hurriedEnd } from './testing/held-clock.ts';

describe.concurrent('a program in a container', () => {
  it('has its inputs, environment and work folder, and its outputs and logs are stored', async () => {
    await using world = await dockerWorld();
    await world.put('scenes/a.blend', 'scene');
    await world.put('tools/run', '#!/bin/sh\necho "ran in $PWD with $BATCH_COMPUTE_DAG_INSTANCE_COUNT"\n');
    const outcome = await world.run({
      packageUrl: 'oss://films/tools/run',
      commandLine:
        './run; cat /home/in/a.blend /name >/home/out/picture; echo log >/root/log.txt; echo "quoted  words" >&2; exit 3',
      inputs: [
        { url: 'oss://films/scenes/', path: '/home/in/', writable: false },
        { url: 'oss://films/scenes/a.blend', path: '/name', writable: false },
      ],
      outputs: [
        { path: '/home/out/', url: 'oss://films/out/' },
        { path: '/etc/passwd.out', url: 'oss://films/never' },
      ],
      logs: [{ path: '/root/log.txt', url: 'oss://films/logs/' }],
    });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 3 });
    expect(await world.text('stdout')).toBe('ran in /batchcompute/workdir with 1\n');
    expect(await world.text('stderr')).toBe('quoted  words\n');
    expect(await world.text('out/picture')).toBe('scenescene');
    const { jobId } = world.spec({ commandLine: '' });
    expect(await world.text(`logs/log.txt.${jobId}.t.0`)).toBe('log\n');
    expect(await world.text('never')).toBeUndefined();
    const health = world.executor.health();
    expect(health).toMatchObject({
      available: true,
      gatewayAddress: expect.stringMatching(/^\d+(\.\d+){3}$/),
    });
    expect(world.events[0]).toMatchObject({
      type: 'started',
      nodeIp: expect.stringMatching(/^\d+(\.\d+){3}$/),
    });
  });

  it('may write to /dev/stdout and /dev/stderr by name without losing what came before', async () => {
    await using world = await dockerWorld();
    await world.run({
      commandLine: 'echo a; echo b >/dev/stdout; echo c; echo d >/dev/stderr; echo e >/dev/stderr',
    });
    expect(await world.text('stdout')).toBe('a\nb\nc\n');
    expect(await world.text('stderr')).toBe('d\ne\n');
  });

  it('has megabytes of output stored to the last byte', async () => {
    await using world = await dockerWorld();
    await world.run({ commandLine: 'yes 0123456789abcdef | head -c 5000000; echo end' });
    const log = await world.text('stdout');
    expect(log?.length).toBe(5_000_004);
    expect(log?.slice(-4)).toBe('end\n');
  });

  it('gives the sandbox’s file, not this host’s, for an output that is a link', async () => {
    await using world = await dockerWorld();
    await world.run({
      commandLine: 'ln -s /etc/passwd /batchcompute/workdir/mine; ln -s /etc/passwd /root/alias',
      outputs: [
        { path: '/batchcompute/workdir/mine', url: 'oss://films/mine' },
        { path: '/root/alias', url: 'oss://films/alias' },
        { path: '/root', url: 'oss://films/home' },
      ],
    });
    expect(await world.text('mine')).toBe('root:x:0:0:the sandbox:/root:/bin/sh\n');
    expect(await world.text('alias')).toBe('root:x:0:0:the sandbox:/root:/bin/sh\n');
    expect(await world.text('home/alias')).toBeUndefined();
  });

  it('may give links to its inputs as outputs, more of them than this process has threads', async () => {
    await using world = await dockerWorld();
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
    for (const name of names) await world.put(`in/${name}`, `content of ${name}`);
    const outcome = await world.run({
      commandLine: 'for i in $(seq 0 11); do ln -s /data/f$i /out/f$i; done',
      inputs: [{ url: 'oss://films/in/', path: '/data/', writable: false }],
      outputs: [{ path: '/out/', url: 'oss://films/out/' }],
    });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    for (const name of names) expect(await world.text(`out/${name}`)).toBe(`content of ${name}`);
  });

  it('may have mounts and outputs inside one another', async () => {
    await using world = await dockerWorld();
    await world.put('outer/a', 'a');
    await world.put('outer/inner/hidden', 'hidden');
    await world.put('inner/b', 'b');
    await world.put('c', 'c');
    await world.run({
      commandLine:
        'cat /data/a /data/inner/b /data/deep/er/c /out/in/b; ls /data/inner; echo new >/data/made/new; echo o >/out/o; echo i >/out/in/i',
      inputs: [
        { url: 'oss://films/c', path: '/data/deep/er/c', writable: false },
        { url: 'oss://films/inner/', path: '/data/inner/', writable: false },
        { url: 'oss://films/outer/', path: '/data/', writable: true },
        { url: 'oss://films/inner/', path: '/out/in/', writable: false },
      ],
      outputs: [
        { path: '/data/made/', url: 'oss://films/made/' },
        { path: '/out/', url: 'oss://films/out/' },
      ],
    });
    expect(await world.text('stderr')).toBeUndefined();
    expect(await world.text('stdout')).toBe('abcbb\n');
    expect(await world.text('made/new')).toBe('new\n');
    const { objects } = await world.objects.list('films');
    expect(objects.map((info) => info.key)).toEqual([
      'c',
      'inner/b',
      'made/new',
      'out/o',
      'outer/a',
      'outer/inner/hidden',
      'outer/made/new',
      'stdout',
    ]);
  });

  it('takes its children with it, and they do not hold it up for long', async () => {
    await using world = await dockerWorld();
    const outcome = await world.run({ commandLine: 'sleep 1000 & setsid sleep 1000 & echo done' });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('done\n');
  });

  it('is killed when its time is over, though it ignores SIGTERM', async () => {
    const clock = heldClock(GRACE_MS);
    await using world = await dockerWorld({ clock });
    const spec = world.spec({
      commandLine: "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done",
      timeoutSeconds: 3600,
    });
    world.executor.start(spec);
    await vi.waitUntil(async () => world.events.length > 0 && (await world.text('stdout')) === 'up\n');
    clock.hurry();
    await vi.waitUntil(async () => (await world.text('stdout')) === 'up\nasked\n');
    expect(await hurriedEnd(world, spec.id, clock)).toMatchObject({ kind: 'killed', reason: 'timeout' });
  });

  it('is killed at once when it is stopped, and its log is kept', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({
      commandLine: 'echo half >/home/out/half; echo up; sleep 1000',
      outputs: [{ path: '/home/out/', url: 'oss://films/out/' }],
    });
    world.executor.start(spec);
    await vi.waitUntil(async () => (await world.text('stdout')) === 'up\n');
    world.executor.stop(spec.id);
    expect(await world.ended(spec.id)).toEqual({ kind: 'stopped' });
    expect(await world.text('out/half')).toBeUndefined();
  });

  it('that takes more memory than it may is reported as such', async () => {
    await using world = await dockerWorld();
    const outcome = await world.run({
      commandLine: 'x=0123456789; while :; do x=$x$x; done',
      resources: { cpus: 1, memoryBytes: 32 * 1024 * 1024 },
    });
    expect(outcome).toMatchObject({ kind: 'killed', reason: 'oom' });
  });

  it('is lost, not failed, when somebody else kills or removes its container', async () => {
    await using world = await dockerWorld();
    const specs = [0, 1].map((instanceId) =>
      world.spec({
        instanceId,
        commandLine: 'echo up; sleep 1000',
        stdoutUrl: `oss://films/stdout.${instanceId}`,
      }),
    );
    for (const spec of specs) world.executor.start(spec);
    for (const { instanceId } of specs) {
      await vi.waitUntil(async () => (await world.text(`stdout.${instanceId}`)) === 'up\n');
    }
    await world.docker.getContainer(`rebatch-${specs[0]!.id}`).kill();
    await world.docker.getContainer(`rebatch-${specs[1]!.id}`).remove({ force: true });
    for (const { id } of specs) expect(await world.ended(id)).toMatchObject({ kind: 'lost' });
  });

  it('whose image is not here fails, naming the image and how to get it', async () => {
    await using world = await dockerWorld();
    const image = 'rebatch-test/no-such-image:7';
    expect(await world.executor.hasImage(image)).toBe(false);
    expect(await world.executor.hasImage(world.spec({ commandLine: '' }).image)).toBe(true);
    expect(await world.run({ image, commandLine: 'true' })).toMatchObject({
      kind: 'failed',
      code: 'ImageMissing',
      message: expect.stringContaining(`docker pull ${image}`),
    });
  });

  it.each(['BAD//name', 'a//b', '../containers/json', 'a?b', 'a b', ' ', 'sha256:0f'])(
    'whose image has a name that none can have (%j) fails, and the engine is not asked for it',
    async (image) => {
      await using world = await dockerWorld();
      // The scheduler leaves it to the attempt to say so.
      expect(await world.executor.hasImage(image)).toBe(true);
      expect(await world.run({ image, commandLine: 'true' })).toEqual({
        kind: 'failed',
        code: 'InvalidDocker.Image',
        message: `Specified parameter Docker.Image is not valid. "${image}" cannot be the name of an image.`,
      });
    },
  );
});

describe.concurrent('the Docker executor', () => {
  it('starts an attempt once, however often it is told to', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({ commandLine: 'echo once' });
    world.executor.start(spec);
    world.executor.start(spec);
    expect(await world.ended(spec.id)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('once\n');
    expect(await world.containers()).toEqual([`/rebatch-${spec.id}`]);
  });

  it('leaves no container and no file when an attempt is forgotten', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({ commandLine: 'true' });
    await world.run(spec);
    expect(await world.executor.list()).toEqual([spec.id]);
    world.executor.forget(spec.id);
    await vi.waitUntil(async () => (await world.executor.list()).length === 0);
    expect(await world.containers()).toEqual([]);
    await expect(access(join(world.dataDir, 'attempts', spec.id))).rejects.toThrow('ENOENT');
  });

  it('leaves the containers of another server alone', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({ commandLine: 'echo up; sleep 1000' });
    world.executor.start(spec);
    await vi.waitUntil(async () => (await world.text('stdout')) === 'up\n');
    await using other = await dockerWorld();
    await mkdir(join(other.dataDir, 'attempts', spec.id));
    other.executor.stop(spec.id);
    other.executor.forget(spec.id);
    await vi.waitUntil(async () => (await other.executor.list()).length === 0);
    const info = await world.docker.getContainer(`rebatch-${spec.id}`).inspect();
    expect(info.State.Running).toBe(true);
  });

  it('removes its containers whose attempt nobody knows any more, when it starts', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({ commandLine: 'true' });
    await world.run(spec);
    await world.executor.close();
    await rename(join(world.dataDir, 'attempts', spec.id), join(world.dataDir, 'elsewhere'));
    const { dataDir, objects } = world;
    const next = createDockerExecutor({
      dataDir,
      objects,
      operator: '1',
      slots: 1,
      clock: systemClock,
      ossHost: () => '',
    });
    await next.open({ event: () => undefined, healthChanged: () => undefined });
    expect(await world.containers()).toEqual([]);
    await next.close();
  });
});
