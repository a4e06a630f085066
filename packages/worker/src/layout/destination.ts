import { posix } from 'node:path';
import { AttemptFailure } from '../attempt-failure.ts';
import { type Contract, WORK_FOLDER } from '../contract.ts';
import { LOG_FOLDER_INSIDE } from '../sandbox/program-script.ts';
import { drivePath } from '../windows/drive-path.ts';

/** A path inside the sandbox, checked. */
export interface Destination {
  /** Absolute, normal form, without trailing `/`. */
  path: string;
  /** The description ended it with `/`. */
  folder: boolean;
}

/** Nothing may be mapped onto these or below them. */
const FORBIDDEN_TREES = ['/proc', '/sys', '/dev', '/boot', posix.dirname(LOG_FOLDER_INSIDE)];

/** Nothing may be mapped onto these: the sandbox would not work any more. */
const FORBIDDEN_PLACES = new Set(
  `/ /bin /sbin /lib /lib32 /lib64 /libx32 /usr /etc /run /var /usr/bin /usr/sbin /usr/lib /usr/lib64 /usr/local
  /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers /etc/hosts /etc/hostname /etc/resolv.conf
  /etc/ld.so.preload /etc/ld.so.cache`.split(/\s+/),
);

/**
 * Checks a local path of a mapping, and says where it lies in the sandbox. Relative ones count from the work folder.
 * @throws AttemptFailure with `code` when the path is of another system, leads out, or must not be covered
 */
export function destination(path: string, contract: Contract, code: string): Destination {
  const refuse = (why: string): AttemptFailure =>
    new AttemptFailure(
      code,
      `Specified parameter ${code.replace('Invalid', '')} is not valid. "${path}" ${why}.`,
    );
  if (path === '' || path.includes('\0')) throw refuse('is no path');
  const inside = contract === 'windows' ? drivePath(path, refuse) : path;
  if (/^[A-Za-z]:/.test(inside)) throw refuse('is a Windows path, but the task runs on Linux');
  if (inside.split('/').includes('..')) throw refuse('must not contain ".."');
  const normal = posix.resolve(WORK_FOLDER[contract], inside);
  const isForbidden =
    FORBIDDEN_PLACES.has(normal) || FORBIDDEN_TREES.some((tree) => normal === tree || isBelow(normal, tree));
  if (isForbidden) throw refuse('belongs to the system; nothing can be mapped there');
  return { path: normal, folder: inside.endsWith('/') };
}

/** True when `path` lies inside the folder `folder`; both in normal form. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
