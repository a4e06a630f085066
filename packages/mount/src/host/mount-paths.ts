import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** Where the mounts of a data folder are kept. */
export interface MountPaths {
  /** Below the data folder: snapshots and the cache of blocks. */
  state: string;
  cache: string;
  log: string;
  /**
   * Mount points and sockets, outside of the data folder: so that removing that folder never descends into a mount, and
   * since socket paths must be short.
   */
  run: string;
  /** Where the file system of snapshots is mounted. */
  fileSystem: string;
  /** One mount point for each attempt's input. */
  mounts: string;
  /** A folder of mount points for each container that runs already; see `shared-folder.ts`. */
  shared: string;
  /** The daemon listens here. */
  daemonSocket: string;
  /** The server listens here for the daemon's questions. */
  objectSocket: string;
  /** Process ids of the daemon and its standby. */
  daemonFile: string;
}

/** Root's alone. One folder for each data folder. */
export const RUN = '/run/rebatch';

/** `dataFolder`: its real path, so that every process derives the same paths. */
export function mountPaths(dataFolder: string): MountPaths {
  const id = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return pathsOf(join(dataFolder, 'mounts'), join(RUN, id));
}

export function pathsOf(state: string, run: string): MountPaths {
  return {
    state,
    cache: join(state, 'cache'),
    log: join(state, 'daemon.log'),
    run,
    fileSystem: join(run, 'snapshots'),
    mounts: join(run, 'mounts'),
    shared: join(run, 'shared'),
    daemonSocket: join(run, 'daemon.sock'),
    objectSocket: join(run, 'objects.sock'),
    daemonFile: join(run, 'daemon.json'),
  };
}

/** Below the mounts' state: what of file servers is shown. */
export function placesFolder(stateFolder: string): string {
  return join(stateFolder, 'places');
}

/**
 * Whether a mount is that of a shared folder itself. A container that has the folder goes on seeing mounts only as long
 * as this one stays.
 */
export function isSharedFolder({ shared }: MountPaths, mountPoint: string): boolean {
  return dirname(mountPoint) === shared;
}
