import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { closeSharedFolder, openSharedFolder } from '../../host/shared-folder.ts';
import type { Mounted, MountOptions, MountSpec, PlaceSpec, SharedMounter } from '../../mounter.ts';
import { FuseMounts, type FuseParts, mountName } from './fuse-mounts.ts';

/**
 * Mounts in a folder that a running container sees. Their targets may be in its reach, too; so what the program writes
 * and the note of the snapshot lie in `state`, and the target is only a sign that there is a mount.
 */
export class SharedFuseMounts implements SharedMounter {
  readonly folder: string;
  readonly #parts: FuseParts;
  readonly #state: string;
  readonly #mounts: FuseMounts;

  /** `name`: of the folder. `state`: out of the container's sight, on a disk that can hold an overlay's upper folder. */
  constructor(parts: FuseParts, name: string, state: string) {
    this.folder = join(parts.paths.shared, name);
    this.#parts = parts;
    this.#state = state;
    this.#mounts = new FuseMounts(parts, this.folder);
  }

  async open(): Promise<boolean> {
    await this.#parts.listen();
    // It takes the folder away when the data folder is removed while no server runs.
    await this.#parts.link.ensure();
    await openSharedFolder(this.folder);
    return true;
  }

  mount(spec: MountSpec, options?: MountOptions): Promise<Mounted> {
    return this.#with(spec, (inner) => this.#mounts.mount(inner, options));
  }

  adopt(spec: MountSpec, options?: MountOptions): Promise<Mounted> {
    return this.#with(spec, (inner) => this.#mounts.adopt(inner, options));
  }

  async show(place: PlaceSpec): Promise<string> {
    await mkdir(place.target, { recursive: true });
    return this.#mounts.show({ ...place, target: this.#inner(place.target) });
  }

  async release(target: string): Promise<void> {
    await this.#mounts.release(this.#inner(target));
    await rm(target, { recursive: true, force: true });
  }

  has(target: string): Promise<boolean> {
    return this.#mounts.has(this.#inner(target));
  }

  async close(): Promise<void> {
    for (const name of await readdir(this.#state).catch(() => [])) {
      await this.#mounts.release(join(this.#state, name));
    }
    await closeSharedFolder(this.folder);
  }

  async #with(spec: MountSpec, mount: (inner: MountSpec) => Promise<Mounted>): Promise<Mounted> {
    await mkdir(spec.target, { recursive: true });
    await mkdir(this.#state, { recursive: true, mode: 0o700 });
    return mount({ ...spec, target: this.#inner(spec.target) });
  }

  #inner(target: string): string {
    return join(this.#state, mountName(target));
  }
}
