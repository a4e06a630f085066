import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';

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
  /** See `PROTOCOL`. */
  protocol: number;
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

/**
 * What server and mount daemon agree on: arguments, snapshot files, node ids. Raise it when a daemon of the release before
 * could not serve what this server mounts. Each protocol has a daemon of its own, with files of its own, beside those of
 * other releases; so mounts go on with the daemon that they were made with. What daemons of all releases ask the server
 * (`object-request.ts`) must therefore be answered for ever: a question with a new meaning gets a new path.
 */
export const PROTOCOL = 1;
/** Of daemons that do not say. */
export const FIRST_PROTOCOL = 1;

/** `dataFolder`: its real path, so that every process derives the same paths. */
export function mountPaths(dataFolder: string, protocol?: number): MountPaths {
  const id = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return pathsOf(join(dataFolder, 'mounts'), join(RUN, id), protocol);
}

export function pathsOf(state: string, run: string, protocol = PROTOCOL): MountPaths {
  const ofDaemon = (name: string): string => (protocol === FIRST_PROTOCOL ? name : `${protocol}-${name}`);
  return {
    state,
    cache: join(state, 'cache'),
    log: join(state, ofDaemon('daemon.log')),
    run,
    protocol,
    fileSystem: join(run, ofDaemon('snapshots')),
    mounts: join(run, 'mounts'),
    shared: join(run, 'shared'),
    daemonSocket: join(run, ofDaemon('daemon.sock')),
    objectSocket: join(run, 'objects.sock'),
    daemonFile: join(run, ofDaemon('daemon.json')),
  };
}

/** The paths of the daemon whose file system is mounted at `mountPoint`; undefined when that is none of this data folder. */
export function pathsOfFileSystem({ state, run }: MountPaths, mountPoint: string): MountPaths | undefined {
  const [, number = FIRST_PROTOCOL] = /^(?:(\d+)-)?snapshots$/.exec(basename(mountPoint)) ?? [];
  const paths = pathsOf(state, run, Number(number));
  return paths.fileSystem === mountPoint ? paths : undefined;
}

/** Below the mounts' state: what of file servers is shown. */
export function placesFolder(stateFolder: string): string {
  return join(stateFolder, 'places');
}
