import { type Attr, S_IFDIR, S_IFREG } from '../protocol/attr.ts';
import type { Entry } from '../protocol/entry-out.ts';
import { ROOT_NODE_ID } from '../../snapshot/node-id.ts';
import type { SnapshotNode, SnapshotTree } from '../../snapshot/snapshot-tree.ts';

/** Objects look readable and executable, never writable (spec/batchcompute-api.md §12.2). */
const MODE = 0o555;

/** A snapshot never changes: the kernel may keep what it learned for a year. */
export const VALID_SECONDS = 365 * 24 * 3600;

/** No node id is ever given again. */
const GENERATION = 0;

export const ROOT_ATTR: Attr = { ino: ROOT_NODE_ID, size: 0, mtime: 0, mode: S_IFDIR | MODE, nlink: 2 };

export function nodeAttr(tree: SnapshotTree, node: SnapshotNode): Attr {
  const ino = tree.idOf(node);
  if (node.kind === 'folder') {
    return { ino, size: 0, mtime: tree.madeAt, mode: S_IFDIR | MODE, nlink: 2 };
  }
  const { size, lastModified } = node.object;
  return { ino, size, mtime: lastModified, mode: S_IFREG | MODE, nlink: 1 };
}

export function nodeEntry(tree: SnapshotTree, node: SnapshotNode): Entry {
  const attr = nodeAttr(tree, node);
  return { nodeId: attr.ino, generation: GENERATION, attr, validSeconds: VALID_SECONDS };
}
