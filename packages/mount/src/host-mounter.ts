import { access, constants, readFile, realpath } from 'node:fs/promises';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { FuseMounter } from './fuse/mounter/fuse-mounter.ts';
import { mountPaths } from './host/mount-paths.ts';
import { MountError } from './mount-error.ts';
import type { Mounted, Mounter, MountOptions, MountSpec } from './mounter.ts';
import { createStageInMounter } from './stage-in/stage-in-mounter.ts';

/** `auto`: FUSE where it works, else copies. `fuse`: never copies. `stage-in`: always copies. */
export const MOUNT_MODES = ['auto', 'fuse', 'stage-in'] as const;
export type MountMode = (typeof MOUNT_MODES)[number];

export interface HostMounterOptions {
  objects: ObjectStore;
  clock: Clock;
  /** The server's data folder, which must exist. */
  dataFolder: string;
  mode: MountMode;
  /** Bytes of the disk that cached blocks may take. Default: 10 GiB. */
  cacheBytes?: number;
  /** One line for the server's log. */
  warn: (message: string) => void;
}

/** A mounter that holds sockets until it is closed; mounts outlive it. */
export interface HostMounter extends Mounter {
  close(): Promise<void>;
}

const CACHE_BYTES = 10 * 1024 ** 3;

/**
 * The mounter of a host: FUSE and overlay, or copies where the host cannot do that, which is said once.
 * @throws MountError in mode `fuse` when the host has no FUSE
 */
export async function openHostMounter(options: HostMounterOptions): Promise<HostMounter> {
  const { objects, clock, mode, warn, cacheBytes = CACHE_BYTES } = options;
  const stageIn = createStageInMounter(objects);
  if (mode === 'stage-in') return { ...stageIn, close: () => Promise.resolve() };
  const dataFolder = await realpath(options.dataFolder);
  const obstacle = await obstacleTo(dataFolder);
  if (obstacle !== undefined) {
    if (mode === 'fuse') throw new MountError('', `inputs cannot be mounted with FUSE: ${obstacle}`);
    warn(`inputs are copied before a program runs, since ${obstacle}`);
    return { ...stageIn, close: () => Promise.resolve() };
  }
  const fuse = await FuseMounter.open({ objects, clock, paths: mountPaths(dataFolder), cacheBytes, warn });
  return new FallingBackMounter(fuse, mode === 'auto' ? stageIn : undefined, warn);
}

class FallingBackMounter implements HostMounter {
  readonly #fuse: FuseMounter;
  readonly #stageIn: Mounter | undefined;
  readonly #warn: (message: string) => void;

  constructor(fuse: FuseMounter, stageIn: Mounter | undefined, warn: (message: string) => void) {
    this.#fuse = fuse;
    this.#stageIn = stageIn;
    this.#warn = warn;
  }

  async mount(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    try {
      return await this.#fuse.mount(spec, options);
    } catch (error) {
      if (error instanceof MountError || options.signal?.aborted === true) throw error;
      const url = `oss://${spec.bucket}/${spec.key}`;
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#stageIn === undefined) {
        throw new MountError(url, `${url} cannot be mounted: ${reason}`, { cause: error });
      }
      this.#warn(`${url} is copied for an attempt, as it cannot be mounted: ${reason}`);
      await this.#fuse.release(spec.target);
      return this.#stageIn.mount(spec, options);
    }
  }

  async adopt(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    if (this.#stageIn === undefined || (await this.#fuse.has(spec.target)))
      return this.#fuse.adopt(spec, options);
    return this.#stageIn.adopt(spec, options);
  }

  async release(target: string): Promise<void> {
    await this.#fuse.release(target);
    await this.#stageIn?.release(target);
  }

  close(): Promise<void> {
    return this.#fuse.close();
  }
}

/** Why FUSE and overlay cannot be used here, if so: half a sentence. */
async function obstacleTo(dataFolder: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'FUSE is used on Linux only';
  if (process.getuid?.() !== 0) return 'mounting with FUSE needs root';
  // They mean something in the options of an overlay.
  if (/[,:\\"]/.test(dataFolder)) return `the path ${dataFolder} has a character that an overlay cannot have`;
  try {
    await access('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/fuse cannot be opened';
  }
  const known = await readFile('/proc/filesystems', 'utf8');
  const missing = ['fuse', 'overlay'].find((name) => !new RegExp(`\\t${name}$`, 'm').test(known));
  return missing === undefined ? undefined : `this kernel has no ${missing} file system`;
}
