import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNasUrl } from '@rebatch/model';
import { describe, expect, it } from 'vitest';
import { type DockerWorld, type DockerWorldOptions, dockerWorld } from './testing/docker-world.ts';

interface NasWorld extends AsyncDisposable {
  world: DockerWorld;
  folder: string;
}

/** A world in which `nas://studio/` is a folder of this host, and `nas://vault/` one for somebody else. */
async function nasWorld(options: DockerWorldOptions = {}): Promise<NasWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-nas-'));
  await mkdir(join(folder, 'films'));
  await writeFile(join(folder, 'films/scene'), 'scene');
  await symlink('/etc', join(folder, 'films/out'));
  const [studio, vault] = [parseNasUrl('nas://studio/'), parseNasUrl('nas://vault/')];
  if (studio === undefined || vault === undefined) throw new Error('a URL cannot be read');
  const nas = [
    { url: studio, folder },
    { url: vault, folder, owners: ['2'] },
  ];
  const world = await dockerWorld({ ...options, nas });
  return {
    world,
    folder,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

describe.concurrent('A folder of a file server', () => {
  it.each(['auto', 'stage-in'] as const)(
    'is seen as it is and written straight through, or only read (serve --mounts %s)',
    async (mounts) => {
      await using one = await nasWorld({ mounts });
      const { world, folder } = one;
      const outcome = await world.run({
        inputs: [
          { url: 'nas://studio:/films/', path: '/films/', writable: false },
          { url: 'nas://studio/films/scene', path: '/scene', writable: false },
          { url: 'nas://studio/new/deep/', path: '/deep/', writable: true },
        ],
        outputs: [
          { path: '/out/', url: 'nas://studio/out/' },
          { path: '/deep/kept/', url: 'oss://films/kept/' },
        ],
        commandLine:
          'cat /films/scene /scene; touch /films/x || echo read-only; echo d >/deep/d; echo o >/out/o; echo k >/deep/kept/k',
      });
      expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
      expect(await world.text('stdout')).toBe('scenesceneread-only\n');
      expect(await readFile(join(folder, 'new/deep/d'), 'utf8')).toBe('d\n');
      expect(await readFile(join(folder, 'out/o'), 'utf8')).toBe('o\n');
      expect(await world.text('kept/k')).toBe('k\n');
      world.executor.forget(world.spec({ commandLine: '' }).id);
      expect(await readdir(join(folder, 'films'))).toEqual(['out', 'scene']);
    },
  );

  it('is refused when it is not mapped, for somebody else, or behind a link that leads out', async () => {
    await using one = await nasWorld();
    const tried = async (url: string, instanceId: number) =>
      one.world.run({ instanceId, inputs: [{ url, path: '/films/', writable: true }], commandLine: 'true' });
    for (const [instanceId, url] of ['nas://other/films/', 'nas://vault/films/'].entries()) {
      expect(await tried(url, instanceId)).toMatchObject({
        kind: 'failed',
        code: 'InvalidInputMapping',
        message: expect.stringContaining('rebatch serve --nas nas://'),
      });
    }
    expect(await tried('nas://studio/films/out/ssl/', 2)).toMatchObject({
      kind: 'failed',
      code: 'InvalidInputMapping',
      message: expect.stringContaining('is behind a link that leads out'),
    });
  });

  it('is seen on a machine of a cluster, by its bootstrap and by attempts', async () => {
    await using one = await nasWorld();
    const { world, folder } = one;
    const node = world.node({
      bootstrap: 'cat /films/scene >/booted; touch /films/x || echo read-only >>/booted',
      mounts: [{ url: 'nas://studio/films/', path: '/films/', writable: false }],
    });
    world.executor.nodes?.add(node);
    await world.nodeEvent(node.id, 'running');
    const outcome = await world.run({
      nodeId: node.id,
      clusterId: node.clusterId,
      contract: 'vm',
      inputs: [
        { url: 'nas://studio/films/', path: '/again/', writable: false },
        { url: 'nas://studio/', path: '/studio/', writable: true },
      ],
      commandLine: 'cat /booted; touch /again/x || echo read-only; echo made >/studio/made',
    });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('sceneread-only\nread-only\n');
    expect(await readFile(join(folder, 'made'), 'utf8')).toBe('made\n');
  });
});
