import { mkdir } from 'node:fs/promises';
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
