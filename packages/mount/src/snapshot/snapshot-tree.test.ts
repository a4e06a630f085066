import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeIdOf, partsOfNodeId, ROOT_NODE_ID } from './node-id.ts';
import { readSnapshotFile, writeSnapshotFile } from './snapshot-file.ts';
import type { Snapshot, SnapshotObject } from './snapshot.ts';
import { type FolderNode, type SnapshotNode, SnapshotTree } from './snapshot-tree.ts';

function snapshotOf(keys: string[], kind: 'folder' | 'file' = 'folder'): Snapshot {
  const objects = keys.map((key, size) => ({ key, size, etag: `E${size}`, lastModified: size }));
  return { bucket: 'films', prefix: 'in/', kind, charset: 'utf-8', madeAt: 5, objects };
}

/** Paths of all nodes below `folder`, files with their sizes. */
function pathsBelow(tree: SnapshotTree, folder = rootOf(tree), path = ''): string[] {
  return childrenOf(tree, folder).flatMap((node) => {
    const inner = `${path}/${node.name.toString()}`;
    return node.kind === 'file'
      ? [`${inner} ${node.object.size}`]
      : [inner, ...pathsBelow(tree, node, inner)];
  });
}

function rootOf(tree: SnapshotTree): FolderNode {
  const root = tree.node(0);
  if (root?.kind !== 'folder') throw new Error('a tree without root');
  return root;
}

function childrenOf(tree: SnapshotTree, folder: FolderNode): SnapshotNode[] {
  return Array.from({ length: tree.count(folder) }, (_, at) => tree.childAt(folder, at)).filter(
    (node) => node !== undefined,
  );
}

describe('A snapshot of a prefix', () => {
  it('shows its objects below "content"', () => {
    const tree = new SnapshotTree(3, snapshotOf(['in/', 'in/a', 'in/x/y/b', 'in/x']));
    expect(pathsBelow(tree)).toEqual([
      '/content',
      '/content/x',
      '/content/x/y',
      '/content/x/y/b 2',
      '/content/a 1',
    ]);
  });

  it('shows a single object as "content"', () => {
    expect(pathsBelow(new SnapshotTree(3, snapshotOf(['in/a.blend'], 'file')))).toEqual(['/content 0']);
  });

  it('is an empty folder when the prefix has no objects', () => {
    expect(pathsBelow(new SnapshotTree(3, snapshotOf([])))).toEqual(['/content']);
  });

  it('finds every node by its id and by its name, and gives no two nodes one id', () => {
    const key = fc
      .array(fc.constantFrom('a', 'b', 'ä', '..', ''), { minLength: 1, maxLength: 4 })
      .map((parts) => `in/${parts.join('/')}`);
    const number = fc.integer({ min: 1, max: 2 ** 24 });
    fc.assert(
      fc.property(fc.uniqueArray(key), number, fc.constantFrom('utf-8', 'gbk'), (keys, listing, charset) => {
        const snapshot = { ...snapshotOf(keys), charset };
        const tree = new SnapshotTree(listing, snapshot);
        const ids = new Set<bigint>();
        const shown: SnapshotObject[] = [];
        const found: (SnapshotObject | undefined)[] = [];
        const visit = (node: SnapshotNode): void => {
          const id = tree.idOf(node);
          ids.add(id);
          const parts = partsOfNodeId(id) ?? { snapshot: listing, index: tree.knownFile(id)?.index };
          expect(parts).toEqual({ snapshot: listing, index: node.index });
          expect(tree.node(node.index)).toEqual(node);
          if (node.kind === 'file') {
            shown.push(node.object);
            found.push(new SnapshotTree(listing + 1, snapshot).findFile(id)?.object);
            return;
          }
          for (const child of childrenOf(tree, node)) {
            expect(tree.child(node, child.name)).toEqual(child);
            visit(child);
          }
        };
        visit(rootOf(tree));
        expect(ids.size).toBe(tree.size);
        expect(found).toEqual(shown);
        expect(snapshot.objects).toEqual(expect.arrayContaining(shown));
        expect(tree.child(rootOf(tree), Buffer.from('nothing'))).toBeUndefined();
      }),
    );
  });

  it('gives a file the id that another listing gives it, unless anything of the object changed', () => {
    const object = { key: 'in/a', size: 1, etag: 'E', lastModified: 5 };
    const idIn = (changed: Partial<SnapshotObject>, bucket = 'films', number = 3): bigint => {
      const objects = [{ ...object, ...changed }];
      const tree = new SnapshotTree(number, { ...snapshotOf([]), bucket, kind: 'file', objects });
      const [file] = childrenOf(tree, rootOf(tree));
      return tree.idOf(file!);
    };
    expect(idIn({}, 'films', 4)).toBe(idIn({}));
    const others = [{ key: 'in/b' }, { size: 2 }, { etag: 'F' }, { lastModified: 6 }].map((part) =>
      idIn(part),
    );
    expect(new Set([idIn({}), idIn({}, 'other'), ...others]).size).toBe(6);
  });

  it('gives nodes ids that never are the root of the file system', () => {
    expect(partsOfNodeId(ROOT_NODE_ID)).toEqual({ snapshot: 0, index: 1 });
    expect(nodeIdOf(1, 0)).not.toBe(ROOT_NODE_ID);
  });

  it('comes back from its file as it was, however many objects it has', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rebatch-snapshot-'));
    try {
      const snapshot = snapshotOf(Array.from({ length: 2500 }, (_, index) => `in/odd "name"\n${index}`));
      await writeSnapshotFile(join(folder, 'a'), snapshot);
      expect(readSnapshotFile(join(folder, 'a'))).toEqual(snapshot);
      expect(readSnapshotFile(join(folder, 'b'))).toBeUndefined();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
