import { access, mkdir } from 'node:fs/promises';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import type { MountPaths } from '../../host/mount-paths.ts';
import { clearPlace } from '../../host-place/bind-mount.ts';
import { mountTable } from '../../host/mount-table.ts';
import { removeEmptyFolders } from '../../host/run-folder.ts';
import { DaemonLink } from './daemon-link.ts';
import { FuseMounts, type FuseParts } from './fuse-mounts.ts';
import { ObjectSocket } from './object-socket.ts';
import { forgetPlace, notedPlaces } from './places.ts';
import { SharedFuseMounts } from './shared-fuse-mounts.ts';
import { Snapshots } from './snapshots.ts';

export interface FuseMounterOptions {
  objects: ObjectStore;
  clock: Clock;
  paths: MountPaths;
  /** Bytes that the cache of blocks may have. */
  cacheBytes: number;
  /** One line for the server's log. */
  warn: (message: string) => void;
}

/**
 * Mounts that read objects when the program does. A daemon of its own answers the kernel, so that programs go on when
 * the server is restarted; on top of it lies a writable folder for each mount.
 */
export class FuseMounter extends FuseMounts {
  readonly #parts: FuseParts;
  readonly #socket: ObjectSocket;

  private constructor(parts: FuseParts, socket: ObjectSocket) {
    super(parts, parts.paths.mounts);
    this.#parts = parts;
    this.#socket = socket;
  }

  /** Ready to mount, and to answer the daemon for mounts of an earlier server; clears away those that nobody has. */
  static async open({ objects, clock, paths, cacheBytes, warn }: FuseMounterOptions): Promise<FuseMounter> {
    const snapshots = await Snapshots.open(objects, clock, paths.state);
    const socket = new ObjectSocket(objects, paths.objectSocket);
    let listening: Promise<void> | undefined;
    const listen = (): Promise<void> => {
      listening ??= listenIn(paths, socket).catch((error: unknown) => {
        listening = undefined;
        throw error;
      });
      return listening;
    };
    const link = new DaemonLink(paths, cacheBytes, warn);
    const mounter = new FuseMounter({ paths, link, snapshots, listen }, socket);
    await mounter.#releaseForgotten();
    // Programs of an earlier server may be waiting.
    if (snapshots.isUsed) await listen();
    return mounter;
  }

  /** Has a daemon there before the first mount needs it. What goes wrong is met again, and told, then. */
  warmUp(): void {
    const { link, listen } = this.#parts;
    listen()
      .then(() => link.ensure())
      .catch(() => undefined);
  }

  /** See `SharedFuseMounts`. */
  sharedWith(name: string, state: string): SharedFuseMounts {
    return new SharedFuseMounts(this.#parts, name, state);
  }

  /** Lets go without touching a mount. */
  async close(): Promise<void> {
    await this.#parts.link.close();
    this.#parts.snapshots.close();
    await this.#socket.close();
    await removeEmptyFolders(this.#parts.paths);
  }

  /** Mounts whose attempt's folder is gone: of a server that died while it forgot one. */
  async #releaseForgotten(): Promise<void> {
    const { snapshots, paths } = this.#parts;
    for (const { name, target } of [...(await snapshots.mounts()), ...(await notedPlaces(paths.state))]) {
      const isThere = await access(target).then(
        () => true,
        () => false,
      );
      if (isThere) continue;
      // Of whichever folder: those of containers that run already have their own.
      const mounts = await mountTable();
      for (const { mountPoint } of mounts)
        if (mountPoint.split('/').includes(name)) await clearPlace(placeOf(mountPoint, name));
      await forgetPlace(paths.state, name);
      await snapshots.release(name);
    }
  }
}

async function listenIn({ run }: MountPaths, socket: ObjectSocket): Promise<void> {
  const listen = async (): Promise<void> => {
    await mkdir(run, { recursive: true, mode: 0o700 });
    await socket.listen();
  };
  // A daemon that ends may take the empty folder away between the two.
  await listen().catch(listen);
}

/** The mount point's folder, of which the mount may be a part. */
function placeOf(mountPoint: string, name: string): string {
  return mountPoint.slice(0, mountPoint.indexOf(name) + name.length);
}
