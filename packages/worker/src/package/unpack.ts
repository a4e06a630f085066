import { posix } from 'node:path';
import type { ReadEntry } from 'tar';
import { AttemptFailure } from '../attempt-failure.ts';

const FILE_TYPES: ReadonlySet<string> = new Set([
  'File',
  'OldFile',
  'ContiguousFile',
  'Directory',
  'GNUDumpDir',
]);

/**
 * Unpacks a gzip tar into `folder`. Nothing of it may lead out of the folder: no absolute path, no `..`, no link that
 * points outside, no device.
 * @throws AttemptFailure InvalidPackagePath, naming the entry
 */
export async function unpack(file: string, folder: string, url: string): Promise<void> {
  // Loaded when needed: most of what a server does needs no tar.
  const { extract } = await import('tar');
  let refused: string | undefined;
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      preserveOwner: false,
      filter(path, entry) {
        if ('type' in entry) refused ??= whyRefused(path, entry);
        return refused === undefined;
      },
    });
  } catch (error) {
    if (isFileSystemError(error)) throw error;
    throw badPackage(url, refused ?? messageOf(error), error);
  }
  if (refused !== undefined) throw badPackage(url, refused);
}

function whyRefused(path: string, entry: ReadEntry): string | undefined {
  if (leadsOut(path)) return `its entry "${path}" leads out of the work folder`;
  if (FILE_TYPES.has(entry.type)) return undefined;
  const link = entry.linkpath ?? '';
  if (entry.type === 'Link')
    return leadsOut(link) ? `its link "${path}" leads out of the work folder` : undefined;
  if (entry.type !== 'SymbolicLink') return `its entry "${path}" is neither file, folder nor link`;
  const target = link.startsWith('/') ? link : posix.join(posix.dirname(path), link);
  return leadsOut(target) ? `its link "${path}" leads out of the work folder` : undefined;
}

function leadsOut(path: string): boolean {
  return (
    path.startsWith('/') || posix.normalize(path).split('/')[0] === '..' || path.split('/').includes('..')
  );
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function badPackage(url: string, why: string, cause?: unknown): AttemptFailure {
  const message = `Specified parameter PackagePath is not valid. ${url} cannot be unpacked: ${why}.`;
  return new AttemptFailure('InvalidPackagePath', message, { cause });
}
