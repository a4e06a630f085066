import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openHostMounter } from '@rebatch/mount';
import type { ObjectStore } from '@rebatch/objects';
import type { Side } from './mount-reading.ts';

/** Our mounts of `in/`, with a daemon and a cache of its own that are there before the first mount. */
export function fuseSide(objects: ObjectStore, bucket: string, root: string): Side {
  let mounts = 0;
  return {
    async open() {
      const dataFolder = await mkdtemp(join(root, 'mounts-'));
      const mounter = await openHostMounter({
        objects,
        clock: systemClock,
        dataFolder,
        mode: 'fuse',
        warn: (message) => console.error(message),
      });
      const targets: string[] = [];
      const mountPrefix = async (key: string): Promise<string> => {
        const target = join(dataFolder, String(targets.length));
        targets.push(target);
        return (await mounter.mount({ bucket, key, kind: 'folder', target })).path;
      };
      return {
        path: await mountPrefix('nothing/'),
        async mount(isNew) {
          mounts += 1;
          if (isNew) await objects.put(bucket, `in/round-${mounts}`, empty());
          return mountPrefix('in/');
        },
        async close() {
          for (const target of targets) await mounter.release(target);
          await mounter.close();
        },
      };
    },
  };
}

async function* empty(): AsyncGenerator<Uint8Array> {}
