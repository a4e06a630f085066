import { realpath } from 'node:fs/promises';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { copyingHostMounter } from './copying-host-mounter.ts';
import { FallingBackMounter, FallingBackSharedMounter } from './falling-back-mounter.ts';
import { FuseMounter } from './fuse/mounter/fuse-mounter.ts';
import { fuseObstacle } from './fuse-obstacle.ts';
import { mountPaths } from './host/mount-paths.ts';
import { MountError } from './mount-error.ts';
import type { Mounter, SharedMounter } from './mounter.ts';
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
  /** Start the mount daemon now, in the background: then the first mount need not wait for it, some 0.2 s. */
  warmUp?: boolean;
  /** Says why FUSE cannot be used here, if so. Default: looks. */
  obstacle?: (dataFolder: string) => Promise<string | undefined>;
  /** One line for the server's log. */
  warn: (message: string) => void;
}

/** A mounter that holds sockets until it is closed; mounts outlive it. */
export interface HostMounter extends Mounter {
  /**
   * Mounts for one container that runs already. `name`: of the container, fit for a file name. `state`: a folder out of
   * the container's sight, on the disk of the data folder.
   */
  sharedWith(name: string, state: string): SharedMounter;
  close(): Promise<void>;
}

const CACHE_BYTES = 10 * 1024 ** 3;

/**
 * The mounter of a host: FUSE and overlay, or copies where the host cannot do that, which is said once here, and of every
 * mount (`Mounted.copiedSince`).
 * @throws MountError in mode `fuse` when the host has no FUSE
 */
export async function openHostMounter(options: HostMounterOptions): Promise<HostMounter> {
  const { objects, clock, mode, warn, cacheBytes = CACHE_BYTES, obstacle = fuseObstacle } = options;
  const stageIn = createStageInMounter(objects);
  if (mode === 'stage-in') return copyingHostMounter(stageIn);
  const dataFolder = await realpath(options.dataFolder);
  const reason = await obstacle(dataFolder);
  if (reason !== undefined) {
    if (mode === 'fuse') throw new MountError('', `inputs cannot be mounted with FUSE: ${reason}`);
    warn(`inputs are copied before a program runs, since ${reason}`);
    return copyingHostMounter(stageIn, reason);
  }
  const fuse = await FuseMounter.open({ objects, clock, paths: mountPaths(dataFolder), cacheBytes, warn });
  if (options.warmUp === true) fuse.warmUp();
  return fuseHostMounter(fuse, mode === 'auto' ? stageIn : undefined, warn);
}

function fuseHostMounter(
  fuse: FuseMounter,
  stageIn: Mounter | undefined,
  warn: (message: string) => void,
): HostMounter {
  const mounter = new FallingBackMounter(fuse, stageIn, warn);
  return {
    mount: (spec, options) => mounter.mount(spec, options),
    adopt: (spec, options) => mounter.adopt(spec, options),
    show: (place) => mounter.show(place),
    release: (target) => mounter.release(target),
    sharedWith: (name, state) => new FallingBackSharedMounter(fuse.sharedWith(name, state), stageIn, warn),
    close: () => fuse.close(),
  };
}
