import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import type { Upload } from '../upload/collect-uploads.ts';
import { UploadLedger } from '../upload/upload-ledger.ts';
import { Uploader } from '../upload/uploader.ts';

/** Bytes from which test files go up in parts, and of these. */
const LARGE_BYTES = 512 * 1024;
export const PART_BYTES = 128 * 1024;

/** A folder of outputs and a store for them, for tests of uploading alone. */
export interface UploadWorld extends AsyncDisposable {
  /** Of the outputs. */
  folder: string;
  objects: ObjectStore;
  ledger: UploadLedger;
  uploader: Uploader;
  /** The upload of `name` in the folder to the object `name` of the bucket `films`. */
  upload(name: string): Upload;
  /** An uploader that knows what a later process would. */
  laterUploader(): Promise<Uploader>;
}

/** `root`: of an earlier world of another process; it is taken away with this one. */
export async function uploadWorld(options: { clock?: Clock; root?: string } = {}): Promise<UploadWorld> {
  const { clock = systemClock, root = await makeUploadRoot() } = options;
  const objects = await openFileStore({ dir: join(root, 'objects'), clock });
  await objects.createBucket('films', '1');
  const file = join(root, 'uploads');
  const uploaderOf = (ledger: UploadLedger): Uploader =>
    new Uploader({ objects, clock, ledger, roots: [root], largeBytes: LARGE_BYTES, partBytes: PART_BYTES });
  const ledgers = [await UploadLedger.read(file)];
  const [ledger = await UploadLedger.read(file)] = ledgers;
  return {
    folder: root,
    objects,
    ledger,
    uploader: uploaderOf(ledger),
    upload: (name) => ({
      host: join(root, name),
      isMounted: false,
      mayGrow: false,
      to: { bucket: 'films', key: name },
    }),
    async laterUploader() {
      const later = await UploadLedger.read(file);
      ledgers.push(later);
      return uploaderOf(later);
    },
    async [Symbol.asyncDispose]() {
      for (const one of ledgers) await one.close();
      await objects.close();
      await rm(root, { recursive: true });
    },
  };
}

export async function makeUploadRoot(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'rebatch-uploads-')));
}
