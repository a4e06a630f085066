import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { mountTable } from '../../host/mount-table.ts';
import { fuseWorld } from '../../testing/fuse-world.ts';

describe('A place of a file server that is shown', () => {
  it('is what it was when it was opened, goes with its target, and is found again by a later server', async () => {
    await using world = await fuseWorld({});
    const root = join(world.paths.state, '../nas');
    await mkdir(join(root, 'films'), { recursive: true });
    await writeFile(join(root, 'films/a'), 'alpha');
    const place = {
      url: 'nas://studio/films/',
      root,
      segments: ['films'],
      kind: 'folder',
      writable: false,
      target: world.target(0),
    } as const;
    const path = await world.mounter.show(place);
    expect(await readFile(join(path, 'a'), 'utf8')).toBe('alpha');
    await expect(writeFile(join(path, 'b'), 'b')).rejects.toThrow('EROFS');
    await world.restart();
    expect(await world.mounter.show(place)).toBe(path);
    await world.mounter.release(place.target);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await world.mounter.show(place);
    await rm(place.target, { recursive: true });
    await world.restart();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('is taken away by the mount daemon when the data folder goes', async () => {
    await using world = await fuseWorld({});
    const root = join(world.paths.state, '../nas');
    await mkdir(root);
    await world.mounter.show({
      url: 'nas://studio/',
      root,
      segments: [],
      kind: 'folder',
      writable: true,
      target: world.target(0),
    });
    await world.stop();
    // The daemon may write there meanwhile.
    await rm(world.paths.state, { recursive: true, maxRetries: 10 });
    await vi.waitUntil(async () => {
      const mounts = await mountTable();
      const isMounted = mounts.some(({ mountPoint }) => mountPoint.startsWith(world.paths.run));
      return !isMounted && !existsSync(world.paths.run);
    });
    expect((await stat(root)).isDirectory()).toBe(true);
  });
});
