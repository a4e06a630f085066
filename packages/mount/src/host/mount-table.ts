import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

/** A line of /proc/self/mountinfo. */
export interface MountLine {
  /** `major:minor`, which also names the device in /sys/class/bdi. */
  device: string;
  mountPoint: string;
  /** Of an overlay: the folder that shows through. */
  lower?: string;
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
      const [, lower] = / - overlay .*[ ,]lowerdir=([^ ,]+)/.exec(line) ?? [];
      return {
        device,
        mountPoint: unescape(mountPoint),
        ...(lower !== undefined && { lower: unescape(lower) }),
      };
    });
}

function unescape(path: string): string {
  return path.replaceAll(/\\(\d{3})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** Undoes mounts at or below `folder`, inner ones first. Those in use go when their last user has gone. */
export function unmountAllBelow(folder: string): Promise<void> {
  return unmountAll(({ mountPoint }) => isAtOrBelow(folder, mountPoint));
}

/** Undoes a mount and the overlays on it. Those in use go when their last user has gone. */
export function unmountWithOverlays(folder: string): Promise<void> {
  return unmountAll(({ mountPoint, lower }) => mountPoint === folder || isOn(folder, lower));
}

/** Whether an overlay's `lower` is in the mount at `folder`. */
export function isOn(folder: string, lower: string | undefined): boolean {
  return lower !== undefined && isAtOrBelow(folder, lower);
}

function isAtOrBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

async function unmountAll(isWanted: (mount: MountLine) => boolean): Promise<void> {
  for (const mount of (await mountTable()).toReversed()) {
    if (isWanted(mount)) await unmountLazily(mount.mountPoint);
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
