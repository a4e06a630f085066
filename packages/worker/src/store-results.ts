import { join } from 'node:path';
import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import type { PlannedUpload } from './layout/plan-layout.ts';
import { formatOssUrl } from './oss-url.ts';
import type { PreparedAttempt } from './prepare-attempt.ts';
import { collectUploads, type Upload } from './upload/collect-uploads.ts';
import { fetchFromSandbox } from './upload/fetch-from-sandbox.ts';
import { uploadFiles } from './upload/upload-files.ts';

/**
 * Uploads what an ended sandbox left for `planned`: outputs, or logs.
 * @throws AttemptFailure naming the object that could not be stored
 */
export async function storeResults(
  planned: readonly PlannedUpload[],
  spec: AttemptSpec,
  folder: AttemptFolder,
  prepared: PreparedAttempt,
  deps: AttemptDeps,
  signal?: AbortSignal,
): Promise<void> {
  // Two mappings may name the same file and object, as clients that map both ways do.
  const uploads = new Map<string, Upload>();
  for (const [index, upload] of planned.entries()) {
    const fetchFolder = join(folder.fetched, `${upload.suffix === '' ? 'output' : 'log'}-${index}`);
    const found = await collectUploads(
      upload,
      prepared.regions,
      (path, into) => fetchFromSandbox(deps.sandboxes, spec.id, path, into),
      fetchFolder,
    );
    for (const file of found) uploads.set(`${formatOssUrl(file.to)}\0${file.host}`, file);
  }
  await uploadFiles([...uploads.values()], deps.objects, signal);
}
