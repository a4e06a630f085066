import { DatabaseSync } from 'node:sqlite';

/**
 * Keys are BLOBs: SQLite compares them byte by byte, which is the order of OSS listings, and NUL is just a byte.
 *
 * `contents` are bytes that objects and parts point to. One of three kinds:
 * `inline` holds small ones; `members` (JSON `[[content, bytes], …]`) strings parts together; when both are NULL the
 * bytes are the file named by the id. `refs` counts pointers, so that a copy costs no bytes.
 *
 * `objects` is what keys stand for now; `versions` has what they stood for before and delete markers (without a
 * content), so that it is empty for buckets that never kept versions. A delete marker that is not `superseded` is the
 * newest of its key, which has no row in `objects` then.
 */
const SCHEMA = `
  CREATE TABLE store (id INTEGER PRIMARY KEY CHECK (id = 1), clean INTEGER NOT NULL) STRICT;
  INSERT INTO store VALUES (1, 1);
  CREATE TABLE buckets (
    name TEXT PRIMARY KEY, owner TEXT NOT NULL, created INTEGER NOT NULL, acl TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE contents (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL, inline BLOB, members TEXT) STRICT;
  CREATE TABLE objects (
    bucket TEXT NOT NULL, key BLOB NOT NULL, content INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    crc64 TEXT NOT NULL, modified INTEGER NOT NULL, type TEXT NOT NULL, contentType TEXT NOT NULL,
    userMetadata TEXT NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, initiated INTEGER NOT NULL, options TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX uploadsByKey ON uploads (bucket, key, id);
  CREATE TABLE parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, content INTEGER NOT NULL, size INTEGER NOT NULL,
    etag TEXT NOT NULL, crc64 TEXT NOT NULL, modified INTEGER NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
`;

/** From each schema to the next. A change of the tables is one more. */
const MIGRATIONS = [
  SCHEMA,
  `ALTER TABLE objects ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}';
   CREATE TABLE bucketConfigs (
     bucket TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (bucket, name)
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE buckets ADD COLUMN versioning TEXT;
   ALTER TABLE buckets ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}';
   ALTER TABLE objects ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE objects ADD COLUMN versionId TEXT NOT NULL DEFAULT 'null';
   CREATE TABLE versions (
     bucket TEXT NOT NULL, key BLOB NOT NULL, sequence INTEGER NOT NULL, versionId TEXT NOT NULL, superseded INTEGER,
     modified INTEGER NOT NULL, content INTEGER, size INTEGER, etag TEXT, crc64 TEXT, type TEXT, contentType TEXT,
     userMetadata TEXT, headers TEXT, attributes TEXT, PRIMARY KEY (bucket, key, sequence DESC)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX versionsById ON versions (bucket, key, versionId);`,
];

/** A store of a greater number is refused instead of being misread. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Opens (or makes) the metadata database of a store. One process at a time: the lock is held until the database is
 * closed or the process ends. Every commit is on the disk when it returns.
 * @throws Error when another process has the store open, or a newer version wrote it.
 */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    db.exec('BEGIN IMMEDIATE');
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > SCHEMA_VERSION) {
      throw new Error(
        `${file} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION})`,
      );
    }
    for (const migration of MIGRATIONS.slice(version)) {
      db.exec(migration);
    }
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
