import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { FuseMounter } from '../fuse/mounter/fuse-mounter.ts';
import { unmountAllBelow } from '../host/mount-table.ts';
import { type MountPaths, mountPaths } from '../host/mount-paths.ts';
import type { Mounted } from '../mounter.ts';
import type { Charset } from '../names/charset.ts';
import { bucketWith } from './bucket-with.ts';

/** A server's worth of FUSE mounts over a store with the bucket `films`; takes all of it away with it. */
export interface FuseWorld extends AsyncDisposable {
  readonly mounter: FuseMounter;
  objects: ObjectStore;
  readonly paths: MountPaths;
  warnings: string[];
  put(key: string, text: string): Promise<void>;
  putBytes(key: string, bytes: Buffer): Promise<void>;
  text(key: string): Promise<string>;
  /** Target of the mount of that number, counted from 0. */
  target(index: number): string;
  mount(key: string, kind?: 'folder' | 'file', charset?: Charset): Promise<Mounted>;
  adopt(index: number, key: string, charset?: Charset): Promise<Mounted>;
  /** What a server leaves when it dies; and another one on the same folders, of another release if that is said. */
  stop(): Promise<void>;
  restart(protocol?: number): Promise<void>;
  /** How many listings there are. */
  snapshots(): Promise<number>;
  /** Process ids of the daemon and its standby. */
  daemonPids(): Promise<number[]>;
}

export async function fuseWorld(objectTexts: Record<string, string>): Promise<FuseWorld> {
  const bucket = await bucketWith(objectTexts);
  const { objects, folder } = bucket;
  let paths = mountPaths(folder);
  const attempts = join(folder, 'attempts');
  await mkdir(attempts);
  const warnings: string[] = [];
  const openMounter = (): Promise<FuseMounter> =>
    FuseMounter.open({
      objects,
      clock: systemClock,
      paths,
      cacheBytes: 1e9,
      warn: (line) => warnings.push(line),
    });
  let mounter = await openMounter();
  /** Of all servers so far: each may have left a daemon. */
  const protocols = new Set([paths.protocol]);
  let mounts = 0;
  const target = (index: number): string => join(attempts, String(index));
  return {
    get mounter() {
      return mounter;
    },
    objects,
    get paths() {
      return paths;
    },
    warnings,
    put: (key, text) => bucket.put(key, text),
    async putBytes(key, bytes) {
      await objects.put('films', key, chunk(bytes));
    },
    async text(key) {
      const { body } = await objects.get('films', key);
      return Buffer.concat(await body.toArray()).toString();
    },
    target,
    mount(key, kind = 'folder', charset = 'utf-8') {
      mounts += 1;
      return mounter.mount({ bucket: 'films', key, kind, charset, target: target(mounts - 1) });
    },
    adopt: (index, key, charset = 'utf-8') =>
      mounter.adopt({ bucket: 'films', key, kind: 'folder', charset, target: target(index) }),
    stop: () => mounter.close(),
    async restart(protocol = paths.protocol) {
      await mounter.close();
      paths = mountPaths(folder, protocol);
      protocols.add(protocol);
      mounter = await openMounter();
    },
    snapshots: async () => (await readdir(join(paths.state, 'snapshots'))).length,
    daemonPids: () => readPids(paths),
    async [Symbol.asyncDispose]() {
      await mounter.close();
      // The daemon takes everything down by itself; a test does not wait for it.
      for (const protocol of protocols) {
        for (const pid of (await readPids(mountPaths(folder, protocol))).toReversed()) killIfThere(pid);
      }
      await unmountAllBelow(paths.run);
      await rm(paths.state, { recursive: true, force: true, maxRetries: 10 });
      await rm(paths.run, { recursive: true, force: true });
      await bucket[Symbol.asyncDispose]();
    },
  };
}

async function readPids({ daemonFile }: MountPaths): Promise<number[]> {
  return JSON.parse(await readFile(daemonFile, 'utf8').catch(() => '[]'));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
}

async function* chunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
