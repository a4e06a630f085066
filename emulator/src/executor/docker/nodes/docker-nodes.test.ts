import { createHash } from 'node:crypto';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { mountPaths } from '@rebatch/mount';
import { describe, expect, it, vi } from 'vitest';
import { killServer } from '../testing/kill-server.ts';
import { type DockerWorld, dockerWorld, GRACE_MS } from '../testing/docker-world.ts';
import { heldClock, hurriedEnd } from '../testing/held-clock.ts';
import type { NodeSpec } from '../../nodes.ts';

/** Adds a machine and waits until it takes work. */
async function running(world: DockerWorld, part: Partial<NodeSpec> = {}): Promise<NodeSpec> {
  const node = world.node(part);
  world.executor.nodes?.add(node);
  await world.nodeEvent(node.id, 'running');
  return node;
}

const on = ({ id, clusterId }: NodeSpec, contract: 'vm' | 'docker' = 'vm') =>
  ({ nodeId: id, clusterId, contract }) as const;

/** Reads a key of the machine's user data, as soon as somebody answers. */
const askFor = (name: string): string =>
  `until busybox wget -qO- http://100.100.100.200/latest/user-data/scene; do sleep 0.1; done; echo " for ${name}"`;

describe.concurrent('a machine of a cluster', () => {
  it('boots once as root with its variables and mounts, and its programs find what it left', async () => {
    await using world = await dockerWorld();
    await world.put('ref/a', 'reference');
    const node = await running(world, {
      env: { STUDIO: 'north' },
      bootstrap: 'id -u >/booted; echo $STUDIO $(cat /ref/a) $BATCH_COMPUTE_OSS_HOST >>/booted; sleep 1000 &',
      mounts: [{ url: 'oss://films/ref/', path: '/ref/', writable: false }],
    });
    const outcome = await world.run({ ...on(node), commandLine: 'cat /booted /ref/a; cat /etc/hostname' });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('0\nnorth reference 127.0.0.1:8701\nreferencew001\n');
    expect(world.events[0]).toMatchObject({
      type: 'started',
      nodeIp: Object(await world.nodeEvent(node.id, 'running')).ip,
    });
  });

  it('tells the last words of a bootstrap that failed', async () => {
    await using world = await dockerWorld();
    const node = world.node({ bootstrap: 'echo no licence; exit 3' });
    world.executor.nodes?.add(node);
    expect(await world.nodeEvent(node.id, 'failed')).toEqual({
      type: 'failed',
      nodeId: node.id,
      code: 'BootstrapFailed',
      message: 'the bootstrap ended with exit code 3: no licence',
    });
  });

  it('says which image is missing', async () => {
    await using world = await dockerWorld();
    const node = world.node({ image: 'rebatch-test/nothing:1' });
    world.executor.nodes?.add(node);
    expect(await world.nodeEvent(node.id, 'failed')).toMatchObject({
      code: 'ImageMissing',
      message: 'the image "rebatch-test/nothing:1" is not on this host',
    });
  });

  it('shows each attempt its own mounts, outputs and work folder, and gets its file tree back', async () => {
    await using world = await dockerWorld();
    await world.put('in/a', 'a');
    await world.put('inner/b', 'b');
    const node = await running(world, { bootstrap: 'mkdir -p /data && echo mine >/data/own' });
    const mapped = {
      inputs: [
        { url: 'oss://films/in/', path: '/data/', writable: true },
        { url: 'oss://films/inner/', path: '/data/inner/', writable: false },
      ],
      outputs: [
        { path: '/home/out/', url: 'oss://films/out/' },
        { path: '/root/single', url: 'oss://films/single' },
      ],
    };
    expect(
      await world.run({
        ...on(node),
        ...mapped,
        commandLine:
          'cat /data/a /data/inner/b; echo c >/data/c; echo o >/home/out/o; echo s >/root/single; touch here; pwd',
      }),
    ).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('ab/home/admin/workdir\n');
    const { objects } = await world.objects.list('films');
    expect(objects.map((info) => info.key)).toEqual(['in/a', 'in/c', 'inner/b', 'out/o', 'single', 'stdout']);
    world.executor.forget(world.spec({ commandLine: '' }).id);
    await world.run({
      ...on(node),
      attempt: 1,
      stdoutUrl: 'oss://films/second',
      commandLine: 'ls /data /home/admin/workdir; ls /home/out || cat /root/single',
    });
    expect(await world.text('second')).toBe('/data:\nown\n\n/home/admin/workdir:\ns\n');
  });

  it('reads its mounts on demand, and only pauses when the mount daemon is killed', async () => {
    await using world = await dockerWorld();
    await world.put('ref/a', 'reference');
    await world.put('in/large', 'every byte counts; '.repeat(500_000));
    const node = await running(world, {
      mounts: [{ url: 'oss://films/ref/', path: '/ref/', writable: false }],
    });
    const { daemonFile } = mountPaths(await realpath(world.dataDir));
    const [daemon] = [JSON.parse(await readFile(daemonFile, 'utf8'))].flat();
    const spec = world.spec({
      ...on(node),
      inputs: [{ url: 'oss://films/in/', path: '/in/', writable: true }],
      commandLine:
        'grep -c "/.rebatch/mounts/" /proc/mounts; cat /ref/a; until [ -f /go ]; do sleep 0.1; done; md5sum </in/large; echo n >/in/new',
    });
    world.executor.start(spec);
    await vi.waitUntil(() => world.events.some(({ type }) => type === 'started'));
    process.kill(Number(daemon), 'SIGKILL');
    const machine = world.docker.getContainer(`rebatch-node-${node.id}`);
    await (await machine.exec({ Cmd: ['touch', '/go'] })).start({ Detach: true });
    expect(await world.ended(spec.id)).toEqual({ kind: 'exited', exitCode: 0 });
    const expected = createHash('md5').update('every byte counts; '.repeat(500_000)).digest('hex');
    expect(await world.text('stdout')).toBe(`2\nreference${expected}  -\n`);
    expect(await world.text('in/new')).toBe('n\n');
    world.executor.nodes?.remove(node);
    await world.nodeEvent(node.id, 'removed');
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain(node.id);
  });

  it('has finished outputs uploaded while its program runs, and none that it still writes', async () => {
    await using world = await dockerWorld();
    const node = await running(world);
    const spec = world.spec({
      ...on(node),
      env: { REBATCH_STREAM_OUTPUTS: 'true' },
      commandLine: 'cd /home/out; exec 3>open; echo half >&3; echo whole >closed; sleep 1000',
      outputs: [{ path: '/home/out/', url: 'oss://films/out/' }],
    });
    world.executor.start(spec);
    await vi.waitUntil(async () => (await world.text('out/closed')) === 'whole\n');
    world.executor.stop(spec.id);
    expect(await world.ended(spec.id)).toEqual({ kind: 'stopped' });
    expect(await world.text('out/open')).toBeUndefined();
  });

  it('keeps a program in a container on its network, where its name is known', async () => {
    await using world = await dockerWorld();
    const node = await running(world);
    expect(await world.run({ ...on(node, 'docker'), commandLine: 'cat /etc/hostname; pwd' })).toEqual({
      kind: 'exited',
      exitCode: 0,
    });
    expect(await world.text('stdout')).toBe('w001\n/batchcompute/workdir\n');
  });

  it('ends a program whose time is over, with all that it started, and goes on', async () => {
    const clock = heldClock(GRACE_MS);
    await using world = await dockerWorld({ clock });
    const node = await running(world);
    const spec = world.spec({
      ...on(node),
      timeoutSeconds: 3600,
      commandLine: "trap '' TERM; setsid sleep 987654 & echo up; sleep 987654",
    });
    world.executor.start(spec);
    await vi.waitUntil(async () => world.events.length > 0 && (await world.text('stdout')) === 'up\n');
    expect(await hurriedEnd(world, spec.id, clock)).toEqual({
      kind: 'killed',
      reason: 'timeout',
      exitCode: 137,
    });
    await world.run({
      ...on(node),
      attempt: 1,
      stdoutUrl: 'oss://films/second',
      commandLine:
        'for p in /proc/[0-9]*; do case "$(cat $p/cmdline)" in *98765[4]*) echo left;; esac; done; echo done',
    });
    expect(await world.text('second')).toBe('done\n');
  });

  it('reads its user data from whichever server of the host has the address', async () => {
    await using first = await dockerWorld();
    await using second = await dockerWorld();
    for (const [world, scene] of [
      [first, 'island'],
      [second, 'harbour'],
    ] as const) {
      const node = await running(world, { userData: { scene } });
      await world.run({ ...on(node), commandLine: askFor('now') });
      expect(await world.text('stdout')).toBe(`${scene} for now\n`);
    }
    await first.letGo();
    const [machine] = (await second.executor.nodes?.list()) ?? [];
    if (machine === undefined) throw new Error('the second machine is gone');
    await second.run({
      nodeId: machine.id,
      clusterId: machine.clusterId,
      contract: 'vm',
      attempt: 1,
      stdoutUrl: 'oss://films/later',
      commandLine: askFor('later'),
    });
    expect(await second.text('later')).toBe('harbour for later\n');
    await first.takeUp();
  });

  it('takes its programs with it when it dies, which are lost, not failed', async () => {
    await using world = await dockerWorld();
    const node = await running(world);
    for (const [instanceId, contract] of (['vm', 'docker'] as const).entries()) {
      world.executor.start(
        world.spec({ ...on(node, contract), instanceId, commandLine: 'echo up; sleep 1000' }),
      );
    }
    await vi.waitUntil(() => world.events.filter(({ type }) => type === 'started').length === 2);
    await world.docker.getContainer(`rebatch-node-${node.id}`).kill();
    await world.nodeEvent(node.id, 'lost');
    for (const instanceId of [0, 1]) {
      expect(await world.ended(world.spec({ instanceId, commandLine: '' }).id)).toMatchObject({
        kind: 'lost',
      });
    }
    world.executor.nodes?.remove(node);
    await world.nodeEvent(node.id, 'removed');
    expect(await readdir(join(world.dataDir, 'nodes'))).toEqual([]);
    expect(await world.executor.nodes?.list()).toEqual([]);
    expect(
      await world.docker.listNetworks({ filters: { label: [`dev.rebatch.cluster=${node.clusterId}`] } }),
    ).toEqual([]);
  });
});

describe('a server that is killed while a program runs on a machine', () => {
  it('finds machine and program again, its log exactly once', async () => {
    await using world = await dockerWorld();
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`).join('');
    const node = world.node({ bootstrap: 'echo x >>/boots' });
    const spec = world.spec({
      ...on(node),
      commandLine:
        'for i in $(seq 40); do echo line $i; echo $i >>runs; sleep 0.05; done; cat /boots >/home/out/boots; exit 5',
      outputs: [
        { path: '/home/out/', url: 'oss://films/out/' },
        { path: 'runs', url: 'oss://films/runs' },
      ],
    });
    await world.letGo();
    for (const share of [0.05, 0.4]) {
      await killServer(
        [world.dataDir, JSON.stringify(spec), JSON.stringify(node)],
        (line) => line.type === 'log' && (line.size ?? 0) > share * lines.length,
      );
    }
    await world.takeUp();
    expect(await world.executor.nodes?.list()).toEqual([{ id: node.id, clusterId: node.clusterId }]);
    await running(world, node);
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 5 });
    expect(await world.text('stdout')).toBe(lines);
    expect(await world.text('out/boots')).toBe('x\n');
    expect((await world.text('runs'))?.split('\n').length).toBe(41);
  });
});

it('a server that died between taking a machine and its network away removes the network at its next start', async () => {
  await using world = await dockerWorld();
  const node = await running(world);
  const other = await running(world, { clusterId: `${node.clusterId}b` });
  await world.letGo();
  await world.docker.getContainer(`rebatch-node-${node.id}`).remove({ force: true });
  await world.takeUp();
  const networks = await world.docker.listNetworks({ filters: { name: [node.clusterId] } });
  expect(networks.map(({ Name }) => Name)).toEqual([`rebatch-${other.clusterId}`]);
  world.executor.nodes?.remove(other);
  await world.nodeEvent(other.id, 'removed');
});

it('a machine that is removed while it is being made leaves no container, network or folder', async () => {
  await using world = await dockerWorld();
  const node = world.node();
  world.executor.nodes?.add(node);
  world.executor.nodes?.remove(node);
  await world.nodeEvent(node.id, 'removed');
  // By the time that another one runs, the first one's making is over.
  const other = await running(world, { clusterId: `${node.clusterId}b` });
  const filters = { label: [`dev.rebatch.cluster=${node.clusterId}`] };
  await vi.waitUntil(async () => {
    const left = [
      ...(await world.docker.listContainers({ all: true, filters })),
      ...(await world.docker.listNetworks({ filters })),
      ...(await readdir(join(world.dataDir, 'nodes'))).filter((id) => id !== other.id),
    ];
    return left.length === 0;
  });
  expect(world.nodeEvents.filter(({ nodeId }) => nodeId === node.id).map(({ type }) => type)).toEqual([
    'removed',
  ]);
});
