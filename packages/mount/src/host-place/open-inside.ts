import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readlink, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants;

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** Thrown when a place is not there, not of the wanted kind, or behind a link that leads out of its root. */
export class PlaceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlaceError';
  }
}

export interface OpenInsideOptions {
  kind: 'folder' | 'file';
  /** Make folders that are missing. */
  create: boolean;
}

/**
 * Opens a folder or file below `root`, step by step, so that whatever is renamed or linked meanwhile the handle is of
 * something inside. Links that stay inside are followed.
 * @throws PlaceError
 */
export async function openInside(
  root: string,
  segments: readonly string[],
  options: OpenInsideOptions,
): Promise<FileHandle> {
  const realRoot = await realpath(root).catch(() => {
    throw new PlaceError(`${root} is not there`);
  });
  let rest = [...segments];
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const reached = await walk(realRoot, rest, options);
    if (typeof reached !== 'number') return reached;
    const real = await realSegments(realRoot, rest.slice(0, reached));
    rest = [...real, ...rest.slice(reached)];
  }
  return refuse(segments, 'leads through too many links');
}

/** A link on the way is answered with the number of segments up to it. */
async function walk(
  realRoot: string,
  segments: readonly string[],
  { kind, create }: OpenInsideOptions,
): Promise<FileHandle | number> {
  let place = await open(realRoot, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  for (const [index, segment] of segments.entries()) {
    const isFile = kind === 'file' && index === segments.length - 1;
    // The descriptor's own path: nobody can put another folder in its place.
    const path = join(pathOfHandle(place), segment);
    try {
      if (create && !isFile) await mkdir(path, { mode: 0o777 }).catch(ignoreExisting);
      const next = await open(path, O_RDONLY | O_NOFOLLOW | (isFile ? O_NONBLOCK : O_DIRECTORY));
      await place.close();
      place = next;
    } catch (error) {
      await place.close();
      if (await isLink(realRoot, segments.slice(0, index + 1), error)) return index + 1;
      return refuse(segments, reasonOf(error));
    }
  }
  const stats = await place.stat();
  if (kind === 'file' ? stats.isFile() : stats.isDirectory()) return place;
  await place.close();
  return refuse(segments, kind === 'file' ? 'is no file' : 'is no folder');
}

/** The same place without links. @throws PlaceError when it is outside */
async function realSegments(realRoot: string, segments: readonly string[]): Promise<string[]> {
  const real = await realpath(join(realRoot, ...segments)).catch((error: unknown) =>
    refuse(segments, reasonOf(error)),
  );
  const inside = relative(realRoot, real);
  if (inside.startsWith('..') || inside.startsWith('/')) refuse(segments, 'is behind a link that leads out');
  return inside === '' ? [] : inside.split('/');
}

/** A link is ELOOP where a file is wanted, ENOTDIR where a folder is. */
async function isLink(realRoot: string, segments: readonly string[], error: unknown): Promise<boolean> {
  if (codeOf(error) === 'ELOOP') return true;
  if (codeOf(error) !== 'ENOTDIR') return false;
  return readlink(join(realRoot, ...segments)).then(
    () => true,
    () => false,
  );
}

/** A path that leads to what the handle has open, for as long as it is open. */
export function pathOfHandle({ fd }: FileHandle): string {
  return `/proc/self/fd/${fd}`;
}

function refuse(segments: readonly string[], why: string): never {
  throw new PlaceError(`"${segments.join('/')}" ${why}`);
}

function reasonOf(error: unknown): string {
  const reasons = new Map([
    ['ENOENT', 'is not there'],
    ['ENOTDIR', 'is no folder'],
    ['EROFS', 'cannot be made: its disk is read-only'],
  ]);
  return reasons.get(codeOf(error) ?? '') ?? `cannot be opened: ${String(error)}`;
}

function ignoreExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
