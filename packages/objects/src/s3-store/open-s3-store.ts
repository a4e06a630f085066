import { FileStore } from '../file-store/file-store.ts';
import { GroupCommit } from '../file-store/group-commit.ts';
import { KeyedLock } from '../file-store/keyed-lock.ts';
import { Watchers } from '../file-store/watchers.ts';
import type { ObjectStore } from '../object-store.ts';
import { appendSegments } from './append-segments.ts';
import { connectS3Store } from './connect-s3-store.ts';
import type { S3StoreOptions } from './s3-store-options.ts';

/**
 * Opens the S3 back end: the metadata of the file store in a local folder, the bytes as immutable objects of one
 * bucket. After a crash, objects to which no row points are removed before this resolves.
 * @throws S3StoreOpenError when the server does not answer or refuses, the folder cannot be used, or they do not
 * belong together
 */
export function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  const { clock, sweep = false } = options;
  return connectS3Store(options, async ({ db, sql, blobs, agent }) => {
    if (sweep || !sql.cleanMark.read()) {
      await blobs.sweep(sql.isFileContent);
    }
    sql.cleanMark.write(false);
    // A request of a process that died may still reach the server: its ids must not be those of new objects. So ids
    // begin at the time in microseconds, behind all that an earlier process can have given out.
    blobs.startAfter(Math.max(sql.greatestContent(), clock.now() * 1000));
    const context = {
      sql,
      files: blobs,
      append: appendSegments,
      clock,
      commit: new GroupCommit(db),
      watchers: new Watchers(),
      appends: new KeyedLock(),
    };
    return new FileStore(context, db, () => agent.destroy());
  });
}
