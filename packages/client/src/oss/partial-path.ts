import { createHash, randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** File names have at most 255 bytes; the beginning is there for people. */
const READABLE = 50;

/** Ends the name of a file whose download is not whole yet; it lies beside the place where the file will be. */
const SUFFIX = '.rebatch-part';

/** A name that no other download has, for one that begins anew each time. */
export function ownPartialPath(path: string): string {
  return join(dirname(path), `${beginning(path)}.${shortHash(randomUUID())}${SUFFIX}`);
}

/** The name that every download of the same bytes (told by `source`) to the same place finds again. */
export function lastingPartialPath(path: string, source: string): string {
  return join(dirname(path), `${lastingPrefix(path)}${shortHash(source)}${SUFFIX}`);
}

/** Tells every file that a download made and that is not whole. */
export function isPartialDownload(name: string): boolean {
  return name.endsWith(SUFFIX);
}

/** Tells the lasting partial files of `path`, whatever the bytes were to be. */
export function isLastingPartial(name: string, path: string): boolean {
  return name.startsWith(lastingPrefix(path)) && name.endsWith(SUFFIX);
}

function lastingPrefix(path: string): string {
  return `${beginning(path)}.${shortHash(basename(path))}-`;
}

function beginning(path: string): string {
  return basename(path).slice(0, READABLE);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
