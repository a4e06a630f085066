import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { LOG_FOLDER_INSIDE } from '../sandbox/program-script.ts';

/** In the mode of an entry of /proc/PID/fd: open for writing. */
const WRITABLE = 0o200;

/**
 * Device and inode (as in FileState) of every file that the programs of a sandbox have open for writing. Its programs are
 * those that see the host's folder `logs` as their log folder. Undefined when that cannot be known: without root, or when
 * the sandbox runs out of sight (on another host, in a hypervisor).
 */
export async function filesBeingWritten(logs: string): Promise<ReadonlySet<string> | undefined> {
  const wanted = await identity(logs);
  /** By mount namespace: a sandbox has a file tree of its own. */
  const isSandbox = new Map<string, boolean>();
  const written = new Set<string>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const process = `/proc/${name}`;
    const namespace = await unlessHidden(readlink(`${process}/ns/mnt`));
    if (namespace === undefined) continue;
    if (!isSandbox.has(namespace)) {
      const seen = await unlessHidden(logFolder(`${process}/root`));
      isSandbox.set(namespace, seen !== undefined && seen === wanted);
    }
    if (isSandbox.get(namespace) !== true) continue;
    const names = (await unlessHidden(readdir(`${process}/fd`))) ?? [];
    const files = await Promise.all(names.map((fd) => unlessHidden(writtenFile(`${process}/fd/${fd}`))));
    for (const file of files) if (file !== undefined) written.add(file);
  }
  return [...isSandbox.values()].includes(true) ? written : undefined;
}

/** Of the process whose file tree this is. On a cluster's machine it is a link, which counts from the machine's own root. */
async function logFolder(root: string): Promise<string> {
  const path = `${root}${LOG_FOLDER_INSIDE}`;
  const link = await unlessHidden(readlink(path));
  return identity(link?.startsWith('/') === true ? `${root}${link}` : path);
}

async function writtenFile(descriptor: string): Promise<string | undefined> {
  const { mode } = await lstat(descriptor);
  return (mode & WRITABLE) === 0 ? undefined : identity(descriptor);
}

async function identity(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev} ${ino}`;
}

/** Undefined for a process that is gone, or that this one may not look at. */
async function unlessHidden<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
