import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { StoreError } from './store-error.ts';
import { openStore } from './store.ts';
import { temporaryPath, temporaryStore } from './test-support/temporary-store.ts';

test('what a transaction wrote is there when the file is opened again', () => {
  const path = temporaryPath();
  const store = openStore(path);
  store.transaction(() => store.setMeta('a', '1'));
  store.close();
  expect(temporaryStore(path).getMeta('a')).toBe('1');
});

test('a transaction that throws leaves nothing behind, its inner ones neither', () => {
  const store = temporaryStore();
  expect(() =>
    store.transaction(() => {
      store.transaction(() => store.setMeta('a', '1'));
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(store.getMeta('a')).toBeUndefined();
  store.transaction(() => store.setMeta('b', '2'));
  expect(store.getMeta('b')).toBe('2');
});

test('the file is for its owner only, since it holds secrets', () => {
  const path = temporaryPath();
  temporaryStore(path);
  for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that is no database is refused by its path', () => {
  const path = temporaryPath();
  writeFileSync(path, 'this is a letter to my aunt, not a database '.repeat(100));
  expect(() => openStore(path)).toThrow(StoreError);
  expect(() => openStore(path)).toThrow(path);
});

test('a file that was cut off is refused and left as it is', () => {
  const path = temporaryPath();
  openStore(path).close();
  truncateSync(path, 5000);
  const before = readFileSync(path);
  expect(() => openStore(path)).toThrow(StoreError);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a store of a newer release is refused with both numbers', () => {
  const path = temporaryPath();
  openStore(path).close();
  const connection = new DatabaseSync(path);
  connection.exec('PRAGMA user_version = 99');
  connection.close();
  expect(() => openStore(path)).toThrow(/schema 99.*up to \d+/);
});

test('migrations run once each, in order, and a broken one leaves the version before it', () => {
  const connection = new DatabaseSync(':memory:');
  migrate(connection, ['CREATE TABLE one (x)']);
  migrate(connection, ['CREATE TABLE one (x)', 'ALTER TABLE one ADD COLUMN y']);
  expect(() =>
    migrate(connection, ['', '', 'CREATE TABLE three (z); INSERT INTO nowhere VALUES (1)']),
  ).toThrow('nowhere');
  expect(connection.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
  expect(connection.prepare('SELECT x, y FROM one').all()).toEqual([]);
  connection.close();
});

test('every step of the history makes a schema without faults', () => {
  const connection = new DatabaseSync(':memory:');
  for (let n = 1; n <= MIGRATIONS.length; n++) {
    migrate(connection, MIGRATIONS.slice(0, n));
    expect(connection.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  }
  connection.close();
});
