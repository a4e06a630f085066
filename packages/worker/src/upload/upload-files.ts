import type { Clock } from '@rebatch/model';
import pMap from 'p-map';
import { AttemptFailure } from '../attempt-failure.ts';
import { pause } from '../wait-out.ts';
import type { Upload } from './collect-uploads.ts';
import { FileChanged } from './file-changed.ts';
import { FileFailure } from './file-failure.ts';
import type { Uploader } from './uploader.ts';

const PARALLEL_UPLOADS = 4;
/** A file that somebody still writes is tried so often, a second apart. */
const TRIES = 5;
const PAUSE_MS = 1000;

/**
 * Uploads all files, several at once. One whose own fault it is that it cannot be stored does not keep the others from it;
 * what would befall the next as well ends it at once.
 * @throws AttemptFailure naming the first object that could not be stored, and how many more
 */
export async function uploadFiles(
  uploads: readonly Upload[],
  uploader: Uploader,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const faulty: FileFailure[] = [];
  await pMap(
    uploads,
    async (upload) => {
      try {
        await uploadSettled(upload, uploader, clock, signal);
      } catch (error) {
        if (!(error instanceof FileFailure && error.isItsOwn)) throw error;
        faulty.push(error);
      }
    },
    { concurrency: PARALLEL_UPLOADS },
  );
  const [first, ...others] = faulty;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` Nor could ${others.length} more.`;
  throw new AttemptFailure(first.code, `${first.message}${more}`, { cause: first.cause });
}

async function uploadSettled(
  upload: Upload,
  uploader: Uploader,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await uploader.upload(upload, signal);
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      if (tried === TRIES) {
        const why = 'something kept writing to the file.';
        throw new FileFailure(upload.to, 'InternalError', why, { cause: error, isItsOwn: true });
      }
    }
    await pause(PAUSE_MS, clock, signal);
  }
}
