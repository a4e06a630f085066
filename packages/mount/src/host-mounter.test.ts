import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { describe, expect, it } from 'vitest';
import { fuseObstacle } from './fuse-obstacle.ts';
import { type HostMounter, type HostMounterOptions, openHostMounter } from './host-mounter.ts';
import { mountPaths } from './host/mount-paths.ts';
import { unmountAllBelow } from './host/mount-table.ts';
import { runCommand } from './host/run-command.ts';
import { bucketWith, type TestBucket } from './testing/bucket-with.ts';

async function open(
  { objects, folder }: TestBucket,
  part: Partial<HostMounterOptions>,
): Promise<{ mounter: HostMounter; warnings: string[] }> {
  const warnings: string[] = [];
  const mounter = await openHostMounter({
    objects,
    clock: systemClock,
    dataFolder: folder,
    mode: 'auto',
    obstacle: () => Promise.resolve('/dev/fuse cannot be opened'),
    warn: (message) => warnings.push(message),
    ...part,
  });
  return { mounter, warnings };
}

describe('A host that cannot mount', () => {
  it('copies inputs, and says why in its log and of every input', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    const { mounter, warnings } = await open(bucket, {});
    const target = join(bucket.folder, 'mount');
    const mounted = await mounter.mount({ bucket: 'films', key: 'in/', kind: 'folder', target });
    expect(mounted.copiedSince).toBe('/dev/fuse cannot be opened');
    expect(await readFile(join(target, 'a'), 'utf8')).toBe('alpha');
    expect(warnings).toEqual(['inputs are copied before a program runs, since /dev/fuse cannot be opened']);
    await mounter.close();
  });

  it('copies without a word where that is what was asked for, and refuses where it was forbidden', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    const { mounter, warnings } = await open(bucket, { mode: 'stage-in' });
    const target = join(bucket.folder, 'mount');
    const mounted = await mounter.mount({ bucket: 'films', key: 'in/', kind: 'folder', target });
    expect([mounted.copiedSince, warnings]).toEqual([undefined, []]);
    await expect(open(bucket, { mode: 'fuse' })).rejects.toThrow(
      'inputs cannot be mounted with FUSE: /dev/fuse cannot be opened',
    );
  });

  it('copies what cannot be mounted after all, also for a container that runs already', async () => {
    await using bucket = await bucketWith({ 'in/a': 'alpha' });
    // A folder for a file that the mount daemon needs: it cannot start.
    await mkdir(join(bucket.folder, 'mounts/daemon.log'), { recursive: true });
    const { mounter, warnings } = await open(bucket, { obstacle: () => Promise.resolve(undefined) });
    const target = join(bucket.folder, 'mount');
    const spec = { bucket: 'films', key: 'in/', kind: 'folder', target } as const;
    const mounted = await mounter.mount(spec);
    expect(mounted.copiedSince).toContain('EISDIR');
    expect(await readFile(join(target, 'a'), 'utf8')).toBe('alpha');
    expect((await mounter.adopt(spec)).path).toBe(target);
    await mounter.release(target);
    const shared = mounter.sharedWith('machine', join(bucket.folder, 'state'));
    expect(await shared.open()).toBe(false);
    expect((await shared.mount(spec)).copiedSince).toContain('its machine was made without');
    await shared.close();
    expect(warnings).toHaveLength(3);
    await mounter.close();
    expect(existsSync(mountPaths(bucket.folder).run)).toBe(false);
  });
});

describe('Where FUSE and overlay can be used', () => {
  it('is not on an overlay, which cannot hold what is written on another one', async () => {
    await using bucket = await bucketWith({});
    const at = (name: string): string => join(bucket.folder, name);
    for (const name of ['lower', 'upper', 'work', 'merged']) await mkdir(at(name));
    const options = `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')}`;
    await runCommand('mount', ['-t', 'overlay', '-o', options, 'test', at('merged')]);
    try {
      expect(await fuseObstacle(at('merged'))).toMatch(/lies on an overlay/);
      expect(await fuseObstacle(at('lower'))).toBeUndefined();
      expect(await fuseObstacle(at('a,b'))).toMatch(/has a character/);
    } finally {
      await unmountAllBelow(at('merged'));
    }
  });
});
