import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../store.ts';

/** Path for a store's file in a folder that is removed after the running test. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.db');
}

/** A store of its own on disk, closed and removed after the running test. */
export function temporaryStore(path: string = temporaryPath()): Store {
  const store = openStore(path);
  onTestFinished(() => store.close());
  return store;
}
