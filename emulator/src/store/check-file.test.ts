import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from './store.ts';

/** What a killed server leaves: a database, and a log with what was not folded into it yet. */
function left(): { path: string; wal: string; logged: () => Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-damaged-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const live = join(folder, 'live.db');
  const store = openStore(live);
  fill(store, 'first');
  store.close();
  const again = openStore(live);
  fill(again, 'second');
  const path = join(folder, 'jobs.db');
  for (const end of ['', '-wal']) copyFileSync(`${live}${end}`, `${path}${end}`);
  again.close();
  const wal = `${path}-wal`;
  expect(statSync(wal).size).toBeGreaterThan(0);
  return { path, wal, logged: () => readFileSync(wal) };
}

function fill(store: Store, prefix: string): void {
  store.transaction(() => {
    for (let n = 0; n < 200; n++) store.setMeta(`${prefix}-${n}`, 'x'.repeat(500));
  });
}

const PAGE = 4096;

test('a crash leaves a store that opens with all that was committed', () => {
  const { path } = left();
  const store = openStore(path);
  expect(store.getMeta('first-199')).toBe('x'.repeat(500));
  expect(store.getMeta('second-199')).toBe('x'.repeat(500));
  store.close();
});

test('a file that was cut off after a good page is refused in one line, and its log is kept', () => {
  const { path, wal, logged } = left();
  const before = logged();
  const pages = statSync(path).size / PAGE;
  truncateSync(path, (pages - 3) * PAGE);
  const cut = readFileSync(path);
  for (let tries = 0; tries < 2; tries++) {
    expect(() => openStore(path)).toThrow(
      `The store ${path} is damaged: ${pages - 3} of its ${pages} pages are left. Nothing was changed; restore a backup, or keep it and its -wal file for a rescue.`,
    );
  }
  expect(readFileSync(wal).equals(before)).toBe(true);
  expect(readFileSync(path).equals(cut)).toBe(true);
});

test('an empty or a missing file beside a log is refused, since SQLite would throw the log away', () => {
  const { path, wal, logged } = left();
  const before = logged();
  truncateSync(path, 0);
  expect(() => openStore(path)).toThrow(/is damaged: it is empty or missing, and its -wal file is not/);
  rmSync(path);
  expect(() => openStore(path)).toThrow(/is damaged: it is empty or missing/);
  expect(readFileSync(wal).equals(before)).toBe(true);
});

test('a file that is something else is refused', () => {
  const { path } = left();
  writeFileSync(
    path,
    'not a database at all, but a note of some length that somebody put here by mistake '.repeat(3),
  );
  expect(() => openStore(path)).toThrow(/is damaged: it is no SQLite database/);
});
