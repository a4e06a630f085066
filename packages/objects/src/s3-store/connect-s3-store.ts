import { mkdir } from 'node:fs/promises';
import type { Agent } from 'node:http';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../file-store/database.ts';
import { type Statements, prepareStatements } from '../file-store/sql/statements.ts';
import { whyNotOpen } from '../file-store/why-not-open.ts';
import { S3Blobs } from './s3-blobs.ts';
import { type S3StoreOptions, S3StoreOpenError } from './s3-store-options.ts';
import { openStoreMark } from './store-mark.ts';

/** The two halves of an S3 store: its metadata, which nobody else has open, and the bucket that belongs to it. */
export interface S3Connection {
  db: DatabaseSync;
  sql: Statements;
  blobs: S3Blobs;
  agent: Agent;
}

/**
 * Opens both halves and gives them to `use`; if that fails, the metadata are closed again.
 * @throws S3StoreOpenError when the server does not answer or refuses, the folder cannot be used, they do not belong
 * together, or `use` fails
 */
export async function connectS3Store<T>(
  options: S3StoreOptions,
  use: (connection: S3Connection) => Promise<T>,
): Promise<T> {
  const { endpoint, bucket, dir } = options;
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
    return await use({ db, sql: prepareStatements(db), blobs: new S3Blobs(client, bucket, root), agent });
  } catch (error) {
    db?.close();
    throw new S3StoreOpenError(endpoint, whyNotOpen(error), { cause: error });
  }
}
