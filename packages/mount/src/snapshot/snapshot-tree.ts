import { posix } from 'node:path';
import { type Charset, encodeName } from '../names/charset.ts';
import { objectTree } from '../tree/object-tree.ts';
import { contentNodeId, nodeIdOf } from './node-id.ts';
import { CONTENT_NAME, type Snapshot, type SnapshotObject } from './snapshot.ts';

/** A folder or file of a snapshot, as long as one looks at it; what is kept is columns. */
export type SnapshotNode = FolderNode | FileNode;

export interface FolderNode {
  kind: 'folder';
  /** Its place in the snapshot. */
  index: number;
  name: Buffer;
  /** Place of the folder that it lies in; absent for the root. */
  parent?: number;
}

export interface FileNode {
  kind: 'file';
  index: number;
  name: Buffer;
  object: SnapshotObject;
}

const ROOT = 0;
const CONTENT = 1;
const NO_CHILDREN = new Int32Array();

/**
 * A snapshot as a tree. Node ids follow from the listing alone, so that a process that takes over from another gives
 * every node the id that the kernel knows it by: for folders from the snapshot, for files from the object. Kept in columns, some 130 bytes a node: listings can be long.
 */
export class SnapshotTree {
  readonly number: number;
  readonly bucket: string;
  readonly madeAt: number;
  readonly #charset: Charset;
  readonly #prefix: string;
  /** Bytes of names, each as a character of its own. */
  readonly #names: string[] = [];
  readonly #parents: Int32Array;
  /** Folders come before files. */
  readonly #firstFile: number;
  /** Of files, by index from the first file on. */
  readonly #sizes: Float64Array;
  readonly #times: Float64Array;
  readonly #etags: string[] = [];
  /** Kept where they do not follow from prefix and names. */
  readonly #keys: string[] | undefined;
  /** Indexes by folder, in the order of the listing, and by name. */
  readonly #children: ReadonlyMap<number, Int32Array>;
  readonly #sorted = new Map<number, Int32Array>();
  /** Indexes of files by id, of those whose ids were asked for. */
  readonly #files = new Map<bigint, number>();
  #hasAllFiles = false;

  constructor(number: number, snapshot: Snapshot) {
    this.bucket = snapshot.bucket;
    this.madeAt = snapshot.madeAt;
    this.number = number;
    this.#charset = snapshot.charset;
    const isFile = snapshot.kind === 'file';
    this.#prefix = snapshot.prefix;
    this.#keys = snapshot.charset === 'utf-8' && !isFile ? undefined : [];
    const { folders, files } = isFile
      ? { folders: new Set<string>(), files: new Map(snapshot.objects.map((object) => ['', object])) }
      : objectTree(snapshot.prefix, snapshot.objects, snapshot.charset);
    this.#firstFile = isFile ? CONTENT : CONTENT + 1 + folders.size;
    this.#parents = new Int32Array(this.#firstFile + files.size);
    this.#sizes = new Float64Array(files.size);
    this.#times = new Float64Array(files.size);
    this.#add('', -1);
    if (!isFile) this.#add(CONTENT_NAME, ROOT);
    const byPath = new Map([['.', CONTENT]]);
    for (const path of folders) byPath.set(path, this.#add(posix.basename(path), parentIn(byPath, path)));
    for (const [path, object] of files) {
      if (isFile) this.#addFile(CONTENT_NAME, ROOT, object);
      else this.#addFile(posix.basename(path), parentIn(byPath, path), object);
    }
    this.#children = childrenOf(this.#parents);
  }

  get size(): number {
    return this.#parents.length;
  }

  node(index: number): SnapshotNode | undefined {
    const name = this.#names[index];
    const parent = this.#parents[index];
    if (name === undefined || parent === undefined) return undefined;
    const place = { index, name: Buffer.from(name, 'latin1') };
    if (index >= this.#firstFile) return { kind: 'file', ...place, object: this.#object(index) };
    return { kind: 'folder', ...place, ...(parent < 0 ? {} : { parent }) };
  }

  /** What the kernel knows a node by. */
  idOf(node: SnapshotNode): bigint {
    if (node.kind === 'folder') return this.folderId(node.index);
    const id = contentNodeId(this.bucket, node.object);
    this.#files.set(id, node.index);
    return id;
  }

  folderId(index: number): bigint {
    return nodeIdOf(this.number, index);
  }

  /** The file that `idOf` gave that id. */
  knownFile(id: bigint): FileNode | undefined {
    const index = this.#files.get(id);
    const node = index === undefined ? undefined : this.node(index);
    return node?.kind === 'file' ? node : undefined;
  }

  /** The file of that id, also one whose id an earlier process gave: looks at all, once. */
  findFile(id: bigint): FileNode | undefined {
    for (let index = this.#firstFile; !this.#hasAllFiles && index < this.size; index += 1) {
      this.#files.set(contentNodeId(this.bucket, this.#object(index)), index);
    }
    this.#hasAllFiles = true;
    return this.knownFile(id);
  }

  /** How many nodes lie in a folder. */
  count(folder: FolderNode): number {
    return this.#childrenOf(folder.index).length;
  }

  /** The node at that place among those of a folder, in the order of the listing. */
  childAt(folder: FolderNode, at: number): SnapshotNode | undefined {
    const index = this.#childrenOf(folder.index)[at];
    return index === undefined ? undefined : this.node(index);
  }

  /** The node of that name in a folder. */
  child(folder: FolderNode, name: Buffer): SnapshotNode | undefined {
    const wanted = name.toString('latin1');
    const sorted = this.#sortedIn(folder.index);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nameAt(sorted[middle]) < wanted) low = middle + 1;
      else high = middle;
    }
    const index = sorted[low];
    return index !== undefined && this.#nameAt(index) === wanted ? this.node(index) : undefined;
  }

  /** The files among the `count` nodes that follow a node in the listing. */
  filesAfter(index: number, count: number): FileNode[] {
    const found: FileNode[] = [];
    for (let next = index + 1; next <= index + count; next += 1) {
      const node = this.node(next);
      if (node?.kind === 'file') found.push(node);
    }
    return found;
  }

  #object(index: number): SnapshotObject {
    const at = index - this.#firstFile;
    return {
      key: this.#keys?.[at] ?? this.#keyOf(index),
      size: this.#sizes[at] ?? 0,
      etag: this.#etags[at] ?? '',
      lastModified: this.#times[at] ?? 0,
    };
  }

  #keyOf(index: number): string {
    const segments: string[] = [];
    for (let at = index; at > CONTENT; at = this.#parents[at] ?? ROOT) segments.push(this.#nameAt(at));
    return this.#prefix + Buffer.from(segments.toReversed().join('/'), 'latin1').toString();
  }

  #nameAt(index: number | undefined): string {
    return index === undefined ? '' : (this.#names[index] ?? '');
  }

  #childrenOf(folder: number): Int32Array {
    return this.#children.get(folder) ?? NO_CHILDREN;
  }

  #sortedIn(folder: number): Int32Array {
    const known = this.#sorted.get(folder);
    if (known !== undefined) return known;
    const sorted = this.#childrenOf(folder).toSorted((left, right) =>
      this.#nameAt(left) < this.#nameAt(right) ? -1 : 1,
    );
    this.#sorted.set(folder, sorted);
    return sorted;
  }

  #addFile(name: string, parent: number, { key, size, etag, lastModified }: SnapshotObject): void {
    const at = this.#add(name, parent) - this.#firstFile;
    this.#sizes[at] = size;
    this.#times[at] = lastModified;
    this.#etags.push(etag);
    this.#keys?.push(key);
  }

  #add(name: string, parent: number): number {
    const index = this.#names.length;
    this.#parents[index] = parent;
    // A new text: one cut out of a path would keep that.
    this.#names.push(encodeName(name, this.#charset).toString('latin1'));
    return index;
  }
}

function parentIn(byPath: ReadonlyMap<string, number>, path: string): number {
  return byPath.get(posix.dirname(path)) ?? CONTENT;
}

/** Indexes of the nodes that have each node as their parent, ascending. */
function childrenOf(parents: Int32Array): Map<number, Int32Array> {
  const counts = new Map<number, number>();
  for (const parent of parents) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  const children = new Map<number, Int32Array>();
  const filled = new Map<number, number>();
  for (const [index, parent] of parents.entries()) {
    const list = children.get(parent) ?? new Int32Array(counts.get(parent) ?? 0);
    const at = filled.get(parent) ?? 0;
    list[at] = index;
    filled.set(parent, at + 1);
    children.set(parent, list);
  }
  return children;
}
