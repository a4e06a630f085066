import { isMounted } from './host/is-mounted.ts';
import { MountError } from './mount-error.ts';
import type { Mounted, Mounter, MountOptions, MountSpec, PlaceSpec, SharedMounter } from './mounter.ts';

/** A mounter that may fail where copying would not, and knows its mounts again. */
type FuseLike = Mounter & { has(target: string): Promise<boolean> };

/** Mounts with FUSE; copies what cannot be mounted so, and says why. Without a mounter that copies it fails then. */
export class FallingBackMounter implements Mounter {
  readonly #fuse: FuseLike;
  readonly #stageIn: Mounter | undefined;
  readonly #warn: (message: string) => void;

  constructor(fuse: FuseLike, stageIn: Mounter | undefined, warn: (message: string) => void) {
    this.#fuse = fuse;
    this.#stageIn = stageIn;
    this.#warn = warn;
  }

  async mount(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    try {
      return await this.#fuse.mount(spec, options);
    } catch (error) {
      if (error instanceof MountError || options.signal?.aborted === true) throw error;
      await this.#fuse.release(spec.target);
      return this.copy(spec, options, error instanceof Error ? error.message : String(error));
    }
  }

  async adopt(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    if (this.#stageIn === undefined || (await this.#fuse.has(spec.target))) {
      return this.#fuse.adopt(spec, options);
    }
    return this.#stageIn.adopt(spec, options);
  }

  show(place: PlaceSpec): Promise<string> {
    return this.#fuse.show(place);
  }

  async release(target: string): Promise<void> {
    await this.#fuse.release(target);
    await this.#stageIn?.release(target);
  }

  protected async copy(spec: MountSpec, options: MountOptions, reason: string): Promise<Mounted> {
    const url = `oss://${spec.bucket}/${spec.key}`;
    if (this.#stageIn === undefined) throw new MountError(url, `${url} cannot be mounted: ${reason}`);
    this.#warn(`${url} is copied, as it cannot be mounted: ${reason}`);
    return { ...(await this.#stageIn.mount(spec, options)), copiedSince: reason };
  }
}

/** The same, for a container that runs already: it sees mounts only if it was given their folder when it was made. */
export class FallingBackSharedMounter extends FallingBackMounter implements SharedMounter {
  readonly folder: string;
  readonly #fuse: FuseLike & SharedMounter & { folder: string };
  readonly #warn: (message: string) => void;

  constructor(
    fuse: FuseLike & SharedMounter & { folder: string },
    stageIn: Mounter | undefined,
    warn: (message: string) => void,
  ) {
    super(fuse, stageIn, warn);
    this.folder = fuse.folder;
    this.#fuse = fuse;
    this.#warn = warn;
  }

  async open(): Promise<boolean> {
    try {
      return await this.#fuse.open();
    } catch (error) {
      this.#warn(`inputs of a cluster's machine are copied: ${String(error)}`);
      return false;
    }
  }

  override async mount(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    if (await isMounted(this.folder)) return super.mount(spec, options);
    return this.copy(spec, options, 'its machine was made without a folder for mounts');
  }

  override async show(place: PlaceSpec): Promise<string> {
    if (await isMounted(this.folder)) return super.show(place);
    throw new MountError(
      place.url,
      `${place.url} cannot be shown: its machine was made without a folder for mounts`,
    );
  }

  close(): Promise<void> {
    return this.#fuse.close();
  }
}
