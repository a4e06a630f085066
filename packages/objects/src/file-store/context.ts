import type { Clock } from '@rebatch/model';
import { ObjectStoreError } from '../object-store-error.ts';
import type { BucketInfo } from '../types.ts';
import type { Appender } from './appender.ts';
import type { Blobs } from './blobs.ts';
import { diskError } from './disk-error.ts';
import type { GroupCommit } from './group-commit.ts';
import type { KeyedLock } from './keyed-lock.ts';
import type { StoredObject } from './sql/rows.ts';
import type { Statements } from './sql/statements.ts';
import type { Watchers } from './watchers.ts';
import type { WrittenContent } from './write-content.ts';

/** What the operations work with. */
export interface StoreContext {
  sql: Statements;
  commit: GroupCommit;
  files: Blobs;
  append: Appender;
  watchers: Watchers;
  appends: KeyedLock;
  clock: Clock;
}

/** Runs `work` as a durable transaction; files of the contents that it reports as released go afterwards. */
export async function commitChange<T>(
  { commit, files }: StoreContext,
  work: () => { result: T; released: readonly number[] },
): Promise<T> {
  try {
    const { result, released } = await commit.run(work);
    for (const id of released) {
      files.remove(id);
    }
    return result;
  } catch (error) {
    throw diskError(error);
  }
}

/** Like {@link commitChange}, for a change that makes a row point to `written`: if it fails, the file goes. */
export async function commitWritten<T>(
  context: StoreContext,
  written: Pick<WrittenContent, 'id' | 'source'>,
  work: () => { result: T; released: readonly number[] },
): Promise<T> {
  try {
    return await commitChange(context, work);
  } catch (error) {
    if (written.source.kind === 'file') {
      context.files.remove(written.id);
    }
    throw error;
  }
}

/** @throws ObjectStoreError NoSuchBucket */
export function requireBucket({ sql }: StoreContext, bucket: string): BucketInfo {
  const found = sql.findBucket(bucket);
  if (found === undefined) {
    throw new ObjectStoreError('NoSuchBucket', `The bucket ${bucket} does not exist.`);
  }
  return found;
}

/**
 * What the key stands for, or that version of it.
 * @throws ObjectStoreError NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed when the version is a delete marker
 */
export function requireObject(
  context: StoreContext,
  bucket: string,
  key: string,
  versionId?: string,
): StoredObject {
  const current = context.sql.findObject(bucket, key);
  if (current !== undefined && (versionId === undefined || versionId === current.info.versionId)) {
    return current;
  }
  const { versioning } = requireBucket(context, bucket);
  if (versionId === undefined) {
    const marker = versioning === undefined ? undefined : context.sql.findNewestVersion(bucket, key);
    throw new ObjectStoreError('NoSuchKey', 'The object does not exist.', {
      deleteMarker: marker?.versionId,
    });
  }
  const version = context.sql.findVersion(bucket, key, versionId);
  if (version === undefined) {
    throw new ObjectStoreError('NoSuchVersion', 'The object has no such version.');
  }
  if (version.object === undefined) {
    throw new ObjectStoreError('MethodNotAllowed', 'A delete marker can only be deleted.', {
      deleteMarker: versionId,
    });
  }
  return version.object;
}

/**
 * Where versions are kept nothing is overwritten, so that nothing has to be free.
 * @throws ObjectStoreError FileAlreadyExists when only a new object will do and there is one.
 */
export function requireFree(
  { sql }: StoreContext,
  { name, versioning }: BucketInfo,
  key: string,
  createOnly: boolean | undefined,
): void {
  if (createOnly === true && versioning === undefined && sql.findObject(name, key) !== undefined) {
    throw new ObjectStoreError('FileAlreadyExists', 'The object exists already and may not be overwritten.');
  }
}
