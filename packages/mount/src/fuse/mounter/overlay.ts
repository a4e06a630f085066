import { mkdir, rmdir } from 'node:fs/promises';
import { isMounted } from '../../host/is-mounted.ts';
import { unmountLazily } from '../../host/mount-table.ts';
import { runCommand } from '../../host/run-command.ts';

export interface Overlay {
  /** What shows through, read-only. */
  lower: string;
  /** Where changes go; an empty `work` beside it on the same disk is the kernel's. */
  upper: string;
  work: string;
  mountPoint: string;
}

/** Features off that would make `upper` other than plain files: what is in it must be readable without the overlay. */
const PLAIN = 'redirect_dir=off,metacopy=off,index=off,xino=off,nosuid,nodev';

/** Lays a writable folder over `lower` (spec/oss.md §4.3). @throws Error when the disk of `upper` cannot do that */
export async function mountOverlay({ lower, upper, work, mountPoint }: Overlay): Promise<void> {
  for (const folder of [upper, work, mountPoint]) await mkdir(folder, { recursive: true });
  const options = `lowerdir=${lower},upperdir=${upper},workdir=${work},${PLAIN}`;
  await runCommand('mount', ['-i', '-t', 'overlay', '-o', options, 'rebatch', mountPoint]);
}

/** Undoes it; changes stay in `upper`. Can be repeated. */
export async function unmountOverlay(mountPoint: string): Promise<void> {
  if (await isMounted(mountPoint)) await unmountLazily(mountPoint);
  await rmdir(mountPoint).catch(ignoreMissing);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
