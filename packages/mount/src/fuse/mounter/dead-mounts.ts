import { readFile } from 'node:fs/promises';
import { type MountPaths, pathsOfFileSystem } from '../../host/mount-paths.ts';
import { mountTable, unmountWithOverlays } from '../../host/mount-table.ts';

/** True while a process of the daemon lives, be it that it starts, ends or hands over. */
export async function isDaemonAlive({ daemonFile, run }: MountPaths): Promise<boolean> {
  const text = await readFile(daemonFile, 'utf8').catch(() => '[]');
  let pids: number[];
  try {
    pids = JSON.parse(text);
  } catch {
    return true; // being written
  }
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(run)) return true;
  }
  return false;
}

/** Clears away what daemons left that are no more: that of `paths`, and those of other releases on the same data folder. */
export async function clearDeadMounts(paths: MountPaths): Promise<void> {
  const others = (await mountTable()).flatMap(({ mountPoint }) => pathsOfFileSystem(paths, mountPoint) ?? []);
  for (const daemon of [paths, ...others]) {
    if (!(await isDaemonAlive(daemon))) await unmountWithOverlays(daemon.fileSystem);
  }
}
