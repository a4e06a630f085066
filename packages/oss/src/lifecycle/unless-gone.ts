import { ObjectStoreError } from '@rebatch/objects';

const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'NoSuchUpload', 'PreconditionFailed']);

/** For `catch`: nothing when what was to be changed is gone or was changed by somebody else since it was listed. */
export function unlessGone(error: unknown): undefined {
  if (!(error instanceof ObjectStoreError && GONE.has(error.code))) {
    throw error;
  }
}
