import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '@rebatch/model';
import type { ListPage, ObjectInfo, ObjectStore } from '@rebatch/objects';
import { describe, expect, it } from 'vitest';
import { bucketWith } from '../../testing/bucket-with.ts';
import { mountPaths } from '../../host/mount-paths.ts';
import { openHostMounter } from '../../host-mounter.ts';

const MANY = 100_000;
const PAGE = 1000;
const run = promisify(execFile);

const nameOf = (index: number): string => `frame-${String(index).padStart(6, '0')}.exr`;

/** The store, with a long listing below `in/` that nobody has the time to put there. */
function withLongListing(store: ObjectStore, like: ObjectInfo): ObjectStore {
  const list: ObjectStore['list'] = (_bucket, { after } = {}): Promise<ListPage> => {
    const first = after === undefined ? 0 : Number(/(\d+)\.exr$/.exec(after)?.[1]) + 1;
    const objects = Array.from({ length: PAGE }, (_, at) => ({ ...like, key: `in/${nameOf(first + at)}` }));
    const last = first + PAGE;
    const page = { objects, commonPrefixes: [] };
    return Promise.resolve(last < MANY ? { ...page, next: `in/${nameOf(last - 1)}` } : page);
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'list') return list;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** MiB that the active daemon has in memory. */
async function daemonMemory(daemonFile: string): Promise<number> {
  const pids: number[] = JSON.parse(await readFile(daemonFile, 'utf8'));
  const status = await readFile(`/proc/${pids[0]}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe('A prefix with 100,000 objects', () => {
  it('is listed whole, each object found by its name, in bounded memory', async () => {
    await using bucket = await bucketWith({ 'in/one': 'content' });
    const like = await bucket.objects.head('films', 'in/one');
    const mounter = await openHostMounter({
      objects: withLongListing(bucket.objects, like),
      clock: systemClock,
      dataFolder: bucket.folder,
      mode: 'fuse',
      warn: () => undefined,
    });
    const { daemonFile } = mountPaths(bucket.folder);
    const target = (name: string): string => join(bucket.folder, name);
    const spec = { bucket: 'films', key: 'in/', kind: 'folder' } as const;
    const { path } = await mounter.mount({ ...spec, target: target('a') });
    const before = await daemonMemory(daemonFile);
    const count = async (command: string): Promise<string> =>
      (await run('sh', ['-c', `${command} | wc -l`, path])).stdout.trim();
    expect(await count('ls -f "$0"')).toBe(String(MANY + 2));
    expect(await count('find "$0"')).toBe(String(MANY + 1));
    expect(await count(`stat -c %s "$0/${nameOf(77_777)}" "$0/${nameOf(0)}"`)).toBe('2');
    expect((await daemonMemory(daemonFile)) - before).toBeLessThan(150);
    expect(await (await mounter.mount({ ...spec, target: target('b') })).diff()).toEqual([]);
    for (const name of ['a', 'b']) await mounter.release(target(name));
    await mounter.close();
  });
});
