import { ROOT_NODE_ID, partsOfNodeId } from '../snapshot/node-id.ts';
import { readSnapshotFile } from '../snapshot/snapshot-file.ts';
import { snapshotFile, snapshotNumbers } from '../snapshot/snapshot-folder.ts';
import { type SnapshotNode, SnapshotTree } from '../snapshot/snapshot-tree.ts';

/** A million nodes take some 150 MB; trees beyond that are read again when they are asked for. */
const MOST_NODES = 1_000_000;

export type Located = { at: 'root' } | { at: 'node'; tree: SnapshotTree; node: SnapshotNode };

/** The trees of the snapshots in the state folder, read when they are first asked for. */
export class SnapshotTrees {
  readonly #stateFolder: string;
  /** The longest unused first. */
  readonly #trees = new Map<number, SnapshotTree>();
  #nodes = 0;

  constructor(stateFolder: string) {
    this.#stateFolder = stateFolder;
  }

  /** Undefined when the node's snapshot is gone; of a file, all that show it. */
  locate(nodeId: bigint): Located | undefined {
    if (nodeId === ROOT_NODE_ID) return { at: 'root' };
    const parts = partsOfNodeId(nodeId);
    if (parts === undefined) return this.#locateFile(nodeId);
    const tree = this.tree(parts.snapshot);
    const node = tree?.node(parts.index);
    return tree === undefined || node === undefined ? undefined : { at: 'node', tree, node };
  }

  tree(number: number): SnapshotTree | undefined {
    const tree = this.#trees.get(number) ?? this.#read(number);
    return tree === undefined ? undefined : this.#used(tree);
  }

  /** Any snapshot that shows the file will do: it is the same object. */
  #locateFile(id: bigint): Located | undefined {
    for (const tree of this.#trees.values()) {
      const node = tree.knownFile(id);
      if (node !== undefined) return { at: 'node', tree: this.#used(tree), node };
    }
    for (const number of snapshotNumbers(this.#stateFolder)) {
      const tree = this.tree(number);
      const node = tree?.findFile(id);
      if (tree !== undefined && node !== undefined) return { at: 'node', tree, node };
    }
    return undefined;
  }

  #used(tree: SnapshotTree): SnapshotTree {
    this.#trees.delete(tree.number);
    this.#trees.set(tree.number, tree);
    return tree;
  }

  #read(number: number): SnapshotTree | undefined {
    // A file system call that waits: the state folder is on a disk of this host, never in a mount of this process.
    const snapshot = readSnapshotFile(snapshotFile(this.#stateFolder, number));
    if (snapshot === undefined) return undefined;
    const tree = new SnapshotTree(number, snapshot);
    this.#nodes += tree.size;
    for (const [oldest, old] of this.#trees) {
      if (this.#nodes <= MOST_NODES) break;
      this.#trees.delete(oldest);
      this.#nodes -= old.size;
    }
    return tree;
  }
}
