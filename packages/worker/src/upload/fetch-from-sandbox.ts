import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sandboxes } from '../sandbox/sandboxes.ts';

/**
 * Copies a file or folder of an ended sandbox that no mount shows into the host folder `into`. Only files and folders
 * are taken: links of a sandbox mean nothing on this host. Undefined when there is no such path.
 */
export async function fetchFromSandbox(
  sandboxes: Sandboxes,
  attemptId: string,
  path: string,
  into: string,
): Promise<string | undefined> {
  const archive = await sandboxes.archive(attemptId, path);
  if (archive === undefined) return undefined;
  const { extract } = await import('tar');
  let name: string | undefined;
  const sink = extract({
    cwd: into,
    strict: true,
    preserveOwner: false,
    filter(entryPath, entry) {
      // The first entry is what was asked for.
      name ??= entryPath.split('/')[0];
      return (
        'type' in entry && (entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'Directory')
      );
    },
  });
  await pipeline(archive, sink);
  return name === undefined ? undefined : join(into, name);
}
