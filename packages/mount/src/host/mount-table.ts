import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

/** A line of /proc/self/mountinfo. */
export interface MountLine {
  /** `major:minor`, which also names the device in /sys/class/bdi. */
  device: string;
  mountPoint: string;
}

/** The mounts of this process's namespace, in the order they were made. */
export async function mountTable(): Promise<MountLine[]> {
  return parseMountInfo(await readFile('/proc/self/mountinfo', 'utf8'));
}

export function parseMountInfo(text: string): MountLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, , device = '', , mountPoint = ''] = line.split(' ');
      return { device, mountPoint: mountPoint.replaceAll(/\\(\d{3})/g, unescapeOctal) };
    });
}

/**
 * Undoes mounts at or below `folder`, inner ones first, but those to `keep`. Those in use go when their last user
 * has gone.
 */
export async function unmountAllBelow(folder: string, keep = (_mountPoint: string) => false): Promise<void> {
  const mounts = await mountTable();
  for (const { mountPoint } of mounts.toReversed()) {
    if (mountPoint !== folder && !mountPoint.startsWith(`${folder}/`)) continue;
    if (!keep(mountPoint)) await unmountLazily(mountPoint);
  }
}

/** Without looking at the path first: a dead or busy file system must not stand in the way. */
async function unmountLazily(mountPoint: string): Promise<void> {
  try {
    await runCommand('umount', ['-i', '-c', '-l', '--', mountPoint]);
  } catch (error) {
    // Server and daemon both clear away; who comes second finds nothing.
    if ((await mountTable()).some((line) => line.mountPoint === mountPoint)) throw error;
  }
}

function unescapeOctal(_whole: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 8));
}
