import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { mountErrorOf } from '../../mount-error-of.ts';
import type { MountPaths } from '../../host/mount-paths.ts';
import type { Mounted, Mounter, MountOptions, MountSpec } from '../../mounter.ts';
import { CONTENT_NAME } from '../../snapshot/snapshot.ts';
import { DaemonLink } from './daemon-link.ts';
import { isMounted, mountOverlay, type Overlay, unmountOverlay } from './overlay.ts';
import { ObjectSocket } from './object-socket.ts';
import { Snapshots } from './snapshots.ts';
import { changesIn } from './changes-in.ts';

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
 * the server is restarted; on top of it lies a writable folder for each attempt. A mount's `target` holds that folder
 * and a note of the snapshot; the mount itself lies in the run folder.
 */
export class FuseMounter implements Mounter {
  readonly #paths: MountPaths;
  readonly #link: DaemonLink;
  readonly #snapshots: Snapshots;
  readonly #socket: ObjectSocket;
  #listening: Promise<void> | undefined;

  private constructor(options: FuseMounterOptions, snapshots: Snapshots, socket: ObjectSocket) {
    this.#paths = options.paths;
    this.#link = new DaemonLink(options.paths, options.cacheBytes, options.warn);
    this.#snapshots = snapshots;
    this.#socket = socket;
  }

  /** Ready to mount, and to answer the daemon for mounts of an earlier server; clears away those that nobody has. */
  static async open(options: FuseMounterOptions): Promise<FuseMounter> {
    const { objects, clock, paths } = options;
    const snapshots = await Snapshots.open(objects, clock, paths.state);
    const mounter = new FuseMounter(options, snapshots, new ObjectSocket(objects, paths.objectSocket));
    await mounter.#releaseForgotten();
    // Programs of an earlier server may be waiting.
    if (snapshots.isUsed) await mounter.#listen();
    return mounter;
  }

  async mount(spec: MountSpec, { signal }: MountOptions = {}): Promise<Mounted> {
    signal?.throwIfAborted();
    await this.#listen();
    await this.#link.ensure();
    const name = nameOf(spec.target);
    const number = await this.#snapshots.acquire(spec, name, spec.target).catch((error: unknown) => {
      throw mountErrorOf(spec, error);
    });
    await mkdir(spec.target, { recursive: true });
    await writeFile(noteFile(spec.target), JSON.stringify({ number }), { mode: 0o600 });
    await this.#mountOverlay(this.#overlay(spec.target, number));
    signal?.throwIfAborted();
    return this.#mounted(spec, number);
  }

  async adopt(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    const number = await noteOf(spec.target);
    if (number === undefined) {
      await this.release(spec.target);
      return this.mount(spec, options);
    }
    await this.#listen();
    await this.#link.ensure();
    const overlay = this.#overlay(spec.target, number);
    // After the machine went down the changes are still there.
    if (!(await isMounted(overlay.mountPoint))) await this.#mountOverlay(overlay);
    return this.#mounted(spec, number);
  }

  async release(target: string): Promise<void> {
    const name = nameOf(target);
    await unmountOverlay(join(this.#paths.mounts, name));
    await rm(target, { recursive: true, force: true });
    await this.#snapshots.release(name);
  }

  /** True when this mounter made what is at `target`, be it in an earlier process. */
  async has(target: string): Promise<boolean> {
    return (await noteOf(target)) !== undefined;
  }

  /** Lets go without touching a mount. */
  async close(): Promise<void> {
    this.#link.close();
    this.#snapshots.close();
    await this.#socket.close();
  }

  /** A daemon that just died may not have been missed yet: then once more, with a new one. */
  async #mountOverlay(overlay: Overlay): Promise<void> {
    try {
      await mountOverlay(overlay);
    } catch {
      this.#link.close();
      await this.#link.ensure();
      await mountOverlay(overlay);
    }
  }

  #listen(): Promise<void> {
    this.#listening ??= mkdir(this.#paths.run, { recursive: true, mode: 0o700 }).then(() =>
      this.#socket.listen(),
    );
    return this.#listening;
  }

  #mounted(spec: MountSpec, number: number): Mounted {
    const { mountPoint, upper } = this.#overlay(spec.target, number);
    return {
      path: join(mountPoint, CONTENT_NAME),
      diff: () => changesIn(join(upper, CONTENT_NAME), this.#paths.state, number),
    };
  }

  #overlay(target: string, number: number): Overlay {
    return {
      lower: join(this.#paths.fileSystem, String(number)),
      upper: join(target, 'upper'),
      work: join(target, 'work'),
      mountPoint: join(this.#paths.mounts, nameOf(target)),
    };
  }

  /** Mounts whose attempt's folder is gone: of a server that died while it forgot one. */
  async #releaseForgotten(): Promise<void> {
    for (const { name, target } of await this.#snapshots.mounts()) {
      const isThere = await access(target).then(
        () => true,
        () => false,
      );
      if (isThere) continue;
      await unmountOverlay(join(this.#paths.mounts, name));
      await this.#snapshots.release(name);
    }
  }
}

/** Of a mount point: fit for a path, the same for every process. */
function nameOf(target: string): string {
  return createHash('sha256').update(target).digest('hex').slice(0, 24);
}

function noteFile(target: string): string {
  return join(target, 'fuse.json');
}

async function noteOf(target: string): Promise<number | undefined> {
  try {
    const note: { number: number } = JSON.parse(await readFile(noteFile(target), 'utf8'));
    return note.number;
  } catch {
    // Not a folder, no note, or cut short: a mount that was never complete.
    return undefined;
  }
}
