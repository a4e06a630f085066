import { watch } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { mountTable, unmountAllBelow, unmountWithOverlays } from '../../host/mount-table.ts';
import { type MountPaths, pathsOf } from '../../host/mount-paths.ts';
import { clearPlace } from '../../host-place/bind-mount.ts';
import { mountPointsIn, removeEmptyFolders } from '../../host/run-folder.ts';
import { BlockCache } from '../blocks/block-cache.ts';
import { BlockReader } from '../blocks/block-reader.ts';
import { DirectBlockSource } from '../blocks/direct-block-source.ts';
import { SocketBlockSource } from '../blocks/socket-block-source.ts';
import { FuseSession } from '../fuse-session.ts';
import { SnapshotTrees } from '../snapshot-trees.ts';
import { snapshotsFolder } from '../../snapshot/snapshot-folder.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { widenReadAhead } from './mount-file-system.ts';
import { isReplaced } from './is-replaced.ts';
import { Presence } from './presence.ts';
import { Standby } from './standby.ts';
import { useOfState } from './use-of-state.ts';

const CHECK_MS = 1000;
/** Checks without a server and without a mount after which the daemon ends. */
const IDLE_CHECKS = 10;

/**
 * Answers the kernel until the file system is unmounted, the data folder is removed, or nobody needs it any more.
 * `isSuccessor`: another process answered on the connection before, and died.
 */
export async function runDaemon(fd: number, options: DaemonOptions, isSuccessor: boolean): Promise<void> {
  const paths = pathsOf(options.state, options.run, options.protocol);
  const presence = new Presence(paths.daemonSocket);
  const warn = (message: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${message}\n`);
    presence.tell(message);
  };
  let written = Promise.resolve();
  const standby = new Standby(fd, options, (pid) => {
    written = written.then(() => writeDaemonFile(paths, pid)).catch(() => undefined);
  });
  standby.start();
  const cache = await BlockCache.open(paths.cache, options.cacheBytes);
  const source = new DirectBlockSource(new SocketBlockSource(paths.objectSocket, warn), warn);
  const blocks = new BlockReader(cache, source, warn);
  const session = new FuseSession(fd, { trees: new SnapshotTrees(options.state), blocks, warn });
  if (isSuccessor) warn('took over from a mount daemon that died');
  // What the predecessor had read and not answered would wait for ever: better an error than that.
  if (isSuccessor && !session.resend()) {
    warn('this kernel cannot send requests again (Linux 6.9 can): mounts end');
  } else {
    session.start();
    await widenReadAhead(paths.fileSystem);
    await presence.listen();
    cache.takeStock().catch((error: unknown) => warn(`the cache cannot be read: ${String(error)}`));
    await Promise.race([session.ended, untilUnneeded(paths, presence)]);
  }
  presence.close();
  await standby.end();
  await written;
  if ((await useOfState(paths)) === 'gone') {
    await unmountAllBelow(paths.run);
    for (const place of await mountPointsIn(paths)) await clearPlace(place);
    for (const socket of [paths.daemonSocket, paths.objectSocket]) await rm(socket, { force: true });
  } else {
    await unmountWithOverlays(paths.fileSystem);
  }
  await rm(paths.daemonFile, { force: true });
  await removeEmptyFolders(paths);
}

/** Resolves when the data folder was removed, or nobody has needed the daemon for a while. */
function untilUnneeded(paths: MountPaths, presence: Presence): Promise<void> {
  return new Promise((resolve) => {
    let idle = 0;
    const check = async (): Promise<void> => {
      const use = await useOfState(paths);
      const isIdle = presence.servers === 0 && (use === 'unused' || isReplaced(paths, await mountTable()));
      idle = isIdle ? idle + 1 : 0;
      if (use !== 'gone' && idle < IDLE_CHECKS) return;
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(() => void check(), CHECK_MS);
    try {
      watch(snapshotsFolder(paths.state), { persistent: false }, () => void check()).on(
        'error',
        () => void check(),
      );
    } catch {
      // Gone already: the next check sees it.
    }
  });
}

async function writeDaemonFile({ daemonFile }: MountPaths, standby: number | undefined): Promise<void> {
  const pids = [process.pid, ...(standby === undefined ? [] : [standby])];
  await writeFile(`${daemonFile}.new`, JSON.stringify(pids), { mode: 0o600 });
  await rename(`${daemonFile}.new`, daemonFile);
}
