import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contentNodeId, nodeIdOf, ROOT_NODE_ID } from '../snapshot/node-id.ts';
import type { SnapshotObject } from '../snapshot/snapshot.ts';
import { writeSnapshotFile } from '../snapshot/snapshot-file.ts';
import { snapshotFile } from '../snapshot/snapshot-folder.ts';
import { type Located, SnapshotTrees } from './snapshot-trees.ts';

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'rebatch-trees-'));
});
afterEach(() => rm(state, { recursive: true }));

const object = (key: string): SnapshotObject => ({ key, size: 1, etag: 'E', lastModified: 2 });
const idOf = (key: string): bigint => contentNodeId('films', object(key));

async function list(number: number, keys: string[]): Promise<void> {
  const file = snapshotFile(state, number);
  await mkdir(dirname(file), { recursive: true });
  const head = { bucket: 'films', prefix: 'in/', kind: 'folder', charset: 'utf-8', madeAt: 1 } as const;
  await writeSnapshotFile(file, { ...head, objects: keys.map(object) });
}

function keyAt(found: Located | undefined): string | undefined {
  return found?.at === 'node' && found.node.kind === 'file' ? found.node.object.key : undefined;
}

it('A process that takes over finds every file by the id that its predecessor gave', async () => {
  await list(1, ['in/a', 'in/b']);
  await list(12, ['in/b', 'in/c']);
  const trees = new SnapshotTrees(state);
  for (const key of ['in/a', 'in/b', 'in/c']) expect(keyAt(trees.locate(idOf(key)))).toBe(key);
  expect(trees.locate(idOf('in/d'))).toBeUndefined();
  expect(trees.locate(nodeIdOf(12, 0))).toMatchObject({ node: { kind: 'folder' } });
  expect(trees.locate(ROOT_NODE_ID)).toEqual({ at: 'root' });
});

it('A file can be read as long as one listing that shows it is there', async () => {
  await list(1, ['in/a', 'in/b']);
  await list(2, ['in/b']);
  await rm(dirname(snapshotFile(state, 1)), { recursive: true });
  const trees = new SnapshotTrees(state);
  expect(keyAt(trees.locate(idOf('in/b')))).toBe('in/b');
  expect(trees.locate(idOf('in/a'))).toBeUndefined();
  expect(trees.locate(nodeIdOf(1, 0))).toBeUndefined();
});

it('There is nothing but the root when the data folder is gone', async () => {
  const trees = new SnapshotTrees(join(state, 'gone'));
  expect(trees.locate(idOf('in/a'))).toBeUndefined();
});
