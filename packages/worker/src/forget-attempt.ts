import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mounter } from '@rebatch/mount';
import { type AttemptFolder, attemptFolder } from './attempt-folder.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import { abortOpenUploads } from './upload/put-in-parts.ts';
import { UploadLedger } from './upload/upload-ledger.ts';

/** Removes the sandbox, uploads that were not completed, and everything the attempt keeps on this host. Can be repeated. */
export async function forgetAttempt(
  attemptId: string,
  deps: Pick<AttemptDeps, 'attemptsFolder' | 'sharedFolder' | 'objects' | 'mounter' | 'sandboxes' | 'keys'>,
): Promise<void> {
  const folder = attemptFolder(deps.attemptsFolder, attemptId, deps.sharedFolder);
  deps.keys?.revoke(attemptId);
  await deps.sandboxes.remove(attemptId);
  await releaseMounts(folder, deps.mounter);
  const ledger = await UploadLedger.read(folder.uploadsFile);
  try {
    await abortOpenUploads(ledger, deps.objects);
  } finally {
    await ledger.close();
  }
  await rm(folder.shared, { recursive: true, force: true });
  await rm(folder.root, { recursive: true, force: true });
}

/** Undoes all mounts, finished or not, so that removing the folder removes no object. */
export async function releaseMounts(folder: AttemptFolder, mounter: Mounter): Promise<void> {
  await releaseMountsIn(folder.inputs, mounter);
}

/** As {@link releaseMounts}, of a folder with numbered mounts. */
export async function releaseMountsIn(folder: string, mounter: Mounter): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (/^\d+$/.test(name)) await mounter.release(join(folder, name));
  }
}
