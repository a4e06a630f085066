import { closeSync, openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { mountTable } from '../../host/mount-table.ts';
import { runCommand } from '../../host/run-command.ts';

const OPTIONS = 'fd=3,rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions,ro,nosuid,nodev';
/** The kernel asks ahead for this much of a file that is read in order. */
const READ_AHEAD_KIB = 4096;

/**
 * Makes a new connection to the kernel and mounts it at `mountPoint`; answers its descriptor. Nothing below the mount
 * point may be touched before a session answers on it.
 */
export async function mountFileSystem(mountPoint: string): Promise<number> {
  await mkdir(mountPoint, { recursive: true, mode: 0o755 });
  const fd = openSync('/dev/fuse', 'r+');
  try {
    await runCommand('mount', ['-i', '-t', 'fuse.rebatch', '-o', OPTIONS, 'rebatch', mountPoint], fd);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Reads ahead in large steps, where the machine lets us say so. */
export async function widenReadAhead(mountPoint: string): Promise<void> {
  const mount = (await mountTable()).findLast((line) => line.mountPoint === mountPoint);
  if (mount === undefined) return;
  await writeFile(`/sys/class/bdi/${mount.device}/read_ahead_kb`, String(READ_AHEAD_KIB)).catch(
    () => undefined,
  );
}
