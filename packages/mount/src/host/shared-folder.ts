import { mkdir, rmdir } from 'node:fs/promises';
import { unmountAllBelow } from './mount-table.ts';
import { isMounted } from './is-mounted.ts';
import { runCommand } from './run-command.ts';

/**
 * Makes `folder` one whose mounts are also seen by containers that it was bound into (as `rslave`) before. Only what is
 * mounted below this very folder is: each has its own group of peers. Can be repeated.
 */
export async function openSharedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (await isMounted(folder)) return;
  await runCommand('mount', ['-i', '--bind', '--make-shared', '--', folder, folder]);
}

/** Removes it with all that is mounted below. Can be repeated. */
export async function closeSharedFolder(folder: string): Promise<void> {
  await unmountAllBelow(folder);
  await rmdir(folder).catch(() => undefined);
}
