import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rebatch-folder-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('makes all folders of a path, and may be asked again and at once', async () => {
  const path = join(root, 'a/b/c');
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(root, 'a/d'))]);
  await makeFolder(path);
  expect(existsSync(path)).toBe(true);
});

test('fails below a file', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolder(join(root, 'file/below'))).rejects.toThrow('EEXIST');
});

test('fails, and comes back, where folders cannot be', async () => {
  await expect(makeFolder('/proc/none/below')).rejects.toThrow('ENOENT');
});
