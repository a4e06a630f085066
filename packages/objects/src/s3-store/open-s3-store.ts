import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../file-store/database.ts';
import { FileStore } from '../file-store/file-store.ts';
import { GroupCommit } from '../file-store/group-commit.ts';
import { KeyedLock } from '../file-store/keyed-lock.ts';
import { prepareStatements } from '../file-store/sql/statements.ts';
import { Watchers } from '../file-store/watchers.ts';
import { whyNotOpen } from '../file-store/why-not-open.ts';
import type { ObjectStore } from '../object-store.ts';
import { appendSegments } from './append-segments.ts';
import { S3Blobs } from './s3-blobs.ts';
import { type S3StoreOptions, S3StoreOpenError } from './s3-store-options.ts';
import { openStoreMark } from './store-mark.ts';

/**
 * Opens the S3 back end: the metadata of the file store in a local folder, the bytes as immutable objects of one
 * bucket. After a crash, objects to which no row points are removed before this resolves.
 * @throws S3StoreOpenError when the server does not answer or refuses, the folder cannot be used, or they do not
 * belong together
 */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  const { endpoint, bucket, dir, clock } = options;
  let db: DatabaseSync | undefined;
  try {
    // Whoever keeps objects in files does not pay for loading the client.
    const { createS3Client } = await import('./s3-client.ts');
    const { client, agent } = createS3Client(options);
    await mkdir(dir, { recursive: true });
    db = openDatabase(join(dir, 'objects.db'));
    if (!(await client.bucketExists(bucket))) {
      await client.makeBucket(bucket, options.region ?? '');
    }
    const { root } = await openStoreMark(client, bucket, dir);
    const files = new S3Blobs(client, bucket, root);
    const sql = prepareStatements(db);
    if (!sql.cleanMark.read()) {
      await files.sweep(sql.isFileContent);
    }
    sql.cleanMark.write(false);
    // A request of a process that died may still reach the server: its ids must not be those of new objects. So ids
    // begin at the time in microseconds, behind all that an earlier process can have given out.
    files.startAfter(Math.max(sql.greatestContent(), clock.now() * 1000));
    const context = {
      sql,
      files,
      append: appendSegments,
      clock,
      commit: new GroupCommit(db),
      watchers: new Watchers(),
      appends: new KeyedLock(),
    };
    return new FileStore(context, db, () => agent.destroy());
  } catch (error) {
    db?.close();
    throw new S3StoreOpenError(endpoint, whyNotOpen(error), { cause: error });
  }
}
