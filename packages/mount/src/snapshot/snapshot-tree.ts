import { posix } from 'node:path';
import { type Charset, encodeName } from '../names/charset.ts';
import { objectTree } from '../tree/object-tree.ts';
import { nodeIdOf } from './node-id.ts';
import { CONTENT_NAME, type Snapshot, type SnapshotObject } from './snapshot.ts';

/** A folder or file of a snapshot. */
export type SnapshotNode = FolderNode | FileNode;

export interface FolderNode {
  kind: 'folder';
  id: number;
  name: Buffer;
  parent: FolderNode | undefined;
  /** In the order of the listing. */
  children: SnapshotNode[];
}

export interface FileNode {
  kind: 'file';
  id: number;
  name: Buffer;
  object: SnapshotObject;
}

/**
 * A snapshot as a tree. Node ids follow from the listing alone, so that a process that takes over from another gives
 * every node the id that the kernel knows it by.
 */
export class SnapshotTree {
  readonly bucket: string;
  readonly madeAt: number;
  readonly #number: number;
  readonly #charset: Charset;
  readonly #nodes: SnapshotNode[] = [];
  /** By folder id and the name's bytes; one map is smaller than one a folder. */
  readonly #byName = new Map<string, SnapshotNode>();

  constructor(number: number, snapshot: Snapshot) {
    this.bucket = snapshot.bucket;
    this.madeAt = snapshot.madeAt;
    this.#number = number;
    this.#charset = snapshot.charset;
    const root = this.#addFolder('', undefined);
    const [only] = snapshot.objects;
    if (snapshot.kind === 'file') {
      if (only !== undefined) this.#addFile(CONTENT_NAME, root, only);
      return;
    }
    const content = this.#addFolder(CONTENT_NAME, root);
    const { folders, files } = objectTree(snapshot.prefix, snapshot.objects, this.#charset);
    const byPath = new Map([['.', content]]);
    const parentOf = (path: string): FolderNode => byPath.get(posix.dirname(path)) ?? content;
    for (const path of folders) byPath.set(path, this.#addFolder(posix.basename(path), parentOf(path)));
    for (const [path, object] of files) this.#addFile(posix.basename(path), parentOf(path), object);
  }

  get size(): number {
    return this.#nodes.length;
  }

  node(index: number): SnapshotNode | undefined {
    return this.#nodes[index];
  }

  /** The files among the `count` nodes that follow a node in the listing. */
  filesAfter(index: number, count: number): FileNode[] {
    return this.#nodes.slice(index + 1, index + 1 + count).filter((node) => node.kind === 'file');
  }

  child(folder: FolderNode, name: Buffer): SnapshotNode | undefined {
    return this.#byName.get(nameKey(folder, name));
  }

  #addFolder(name: string, parent: FolderNode | undefined): FolderNode {
    return this.#add(
      { kind: 'folder', id: this.#nextId(), name: encodeName(name, this.#charset), parent, children: [] },
      parent,
    );
  }

  #addFile(name: string, parent: FolderNode, object: SnapshotObject): void {
    this.#add({ kind: 'file', id: this.#nextId(), name: encodeName(name, this.#charset), object }, parent);
  }

  #nextId(): number {
    return nodeIdOf(this.#number, this.#nodes.length);
  }

  #add<N extends SnapshotNode>(node: N, parent: FolderNode | undefined): N {
    this.#nodes.push(node);
    if (parent !== undefined) {
      parent.children.push(node);
      this.#byName.set(nameKey(parent, node.name), node);
    }
    return node;
  }
}

function nameKey(folder: FolderNode, name: Buffer): string {
  return `${folder.id}/${name.toString('latin1')}`;
}
