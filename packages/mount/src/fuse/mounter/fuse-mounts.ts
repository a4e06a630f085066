import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMounted } from '../../host/is-mounted.ts';
import type { MountPaths } from '../../host/mount-paths.ts';
import { mountErrorOf } from '../../mount-error-of.ts';
import { bindAgain, bindHandle, clearPlace } from '../../host-place/bind-mount.ts';
import { openPlace } from '../../host-place/open-place.ts';
import type { Mounted, Mounter, MountOptions, MountSpec, PlaceSpec } from '../../mounter.ts';
import { CONTENT_NAME } from '../../snapshot/snapshot.ts';
import { changesIn } from './changes-in.ts';
import type { DaemonLink } from './daemon-link.ts';
import { mountOverlay, type Overlay } from './overlay.ts';
import { forgetPlace, notePlace } from './places.ts';
import type { Snapshots } from './snapshots.ts';

/** What makes a mount work. */
export interface FuseParts {
  paths: MountPaths;
  link: DaemonLink;
  snapshots: Snapshots;
  /** Has the server answer the daemon's questions from now on. */
  listen: () => Promise<void>;
}

/**
 * Mounts whose mount points lie in one folder. A mount's `target` holds what the program writes, and a note of the
 * snapshot; programs must not reach it by another way.
 */
export class FuseMounts implements Mounter {
  readonly #parts: FuseParts;
  readonly #folder: string;

  constructor(parts: FuseParts, folder: string) {
    this.#parts = parts;
    this.#folder = folder;
  }

  async mount(spec: MountSpec, { signal }: MountOptions = {}): Promise<Mounted> {
    const { link, snapshots, listen } = this.#parts;
    signal?.throwIfAborted();
    await listen();
    await link.ensure();
    const name = mountName(spec.target);
    const number = await snapshots.acquire(spec, name, spec.target).catch((error: unknown) => {
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
    await this.#parts.listen();
    await this.#parts.link.ensure();
    const overlay = this.#overlay(spec.target, number);
    // After the machine went down the changes are still there.
    if (!(await isMounted(overlay.mountPoint))) await this.#mountOverlay(overlay);
    return this.#mounted(spec, number);
  }

  async show(place: PlaceSpec): Promise<string> {
    const { paths, link, listen } = this.#parts;
    const name = mountName(place.target);
    await listen();
    // It takes the mount away when the data folder is removed while no server runs.
    await link.ensure();
    const handle = await openPlace(place);
    try {
      await mkdir(place.target, { recursive: true });
      await notePlace(paths.state, name, place.target);
      const path = await bindHandle(handle, join(paths.mounts, name), place);
      return this.#folder === paths.mounts
        ? path
        : await bindAgain(path, join(this.#folder, name), place.kind);
    } finally {
      await handle.close();
    }
  }

  async release(target: string): Promise<void> {
    const name = mountName(target);
    for (const folder of new Set([this.#folder, this.#parts.paths.mounts]))
      await clearPlace(join(folder, name));
    await rm(target, { recursive: true, force: true });
    await forgetPlace(this.#parts.paths.state, name);
    await this.#parts.snapshots.release(name);
  }

  /** True when this mounter made what is at `target`, be it in an earlier process. */
  async has(target: string): Promise<boolean> {
    return (await noteOf(target)) !== undefined;
  }

  /** A daemon that just died may not have been missed yet: then once more, with a new one. */
  async #mountOverlay(overlay: Overlay): Promise<void> {
    try {
      await mountOverlay(overlay);
    } catch {
      this.#parts.link.drop();
      await this.#parts.link.ensure();
      await mountOverlay(overlay);
    }
  }

  #mounted(spec: MountSpec, number: number): Mounted {
    const { mountPoint, upper } = this.#overlay(spec.target, number);
    return {
      path: join(mountPoint, CONTENT_NAME),
      diff: () => changesIn(join(upper, CONTENT_NAME), this.#parts.paths.state, number),
    };
  }

  #overlay(target: string, number: number): Overlay {
    return {
      lower: join(this.#parts.paths.fileSystem, String(number)),
      upper: join(target, 'upper'),
      work: join(target, 'work'),
      mountPoint: join(this.#folder, mountName(target)),
    };
  }
}

/** Of a mount point: fit for a path, the same for every process. */
export function mountName(target: string): string {
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
