import { type MountPaths, pathsOfFileSystem } from '../../host/mount-paths.ts';
import { isOn, type MountLine } from '../../host/mount-table.ts';

/** Whether a daemon of a later release makes the mounts now, and of this one's none is left. */
export function isReplaced(paths: MountPaths, mounts: readonly MountLine[]): boolean {
  const hasLater = mounts.some(
    ({ mountPoint }) => (pathsOfFileSystem(paths, mountPoint)?.protocol ?? 0) > paths.protocol,
  );
  return hasLater && !mounts.some(({ lower }) => isOn(paths.fileSystem, lower));
}
