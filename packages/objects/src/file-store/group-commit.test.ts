import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

let db: DatabaseSync;
let commit: GroupCommit;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (n INTEGER)');
  commit = new GroupCommit(db);
});

afterEach(() => {
  db.close();
});

const insert = (n: number) => () => {
  db.prepare('INSERT INTO t VALUES (?)').run(n);
  return n;
};
const rows = () =>
  db
    .prepare('SELECT n FROM t ORDER BY n')
    .all()
    .map(({ n }) => n);

test('pieces of one turn share a transaction and each gets its own result', async () => {
  expect(await Promise.all([1, 2, 3].map((n) => commit.run(insert(n))))).toEqual([1, 2, 3]);
  expect(rows()).toEqual([1, 2, 3]);
});

test('a piece that throws takes back its own changes and nobody else’s', async () => {
  const outcomes = await Promise.allSettled([
    commit.run(insert(1)),
    commit.run(() => {
      insert(2)();
      throw new Error('changed my mind');
    }),
    commit.run(insert(3)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(rows()).toEqual([1, 3]);
});

test('when the commit fails nobody is told of success, and the next one works', async () => {
  db.exec('PRAGMA foreign_keys = ON; CREATE TABLE p (id INTEGER PRIMARY KEY)');
  db.exec('CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)');
  const outcomes = await Promise.allSettled([
    commit.run(insert(1)),
    commit.run(() => db.exec('INSERT INTO c VALUES (7)')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(rows()).toEqual([]);
  await commit.run(insert(2));
  expect(rows()).toEqual([2]);
});
