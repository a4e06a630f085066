import { type Dirent, encodeDirent, encodeDirentPlus } from '../protocol/dirent.ts';
import { ERRNO } from '../protocol/errno.ts';
import { decodeReadIn } from '../protocol/read-in.ts';
import { bodyReply, errorReply } from '../reply.ts';
import { ROOT_NODE_ID } from '../../snapshot/node-id.ts';
import type { FolderNode, SnapshotNode, SnapshotTree } from '../../snapshot/snapshot-tree.ts';
import { nodeEntry } from './node-attr.ts';
import type { Operation } from './operation.ts';

/** `.` and `..` come first. */
const DOTS = 2;

/** READDIR: names of a folder. */
export const readdir: Operation = ({ trees }, { nodeId, body }) => {
  const place = trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root') return bodyReply(list(ROOT_FOLDER, body, encodeDirent));
  if (place.node.kind === 'file') return errorReply(ERRNO.ENOTDIR);
  return bodyReply(list(listed(place.tree, place.node), body, encodeDirent));
};

/** READDIRPLUS: names with their attributes, which saves a LOOKUP for each. */
export const readdirplus: Operation = ({ trees }, { nodeId, body }) => {
  const place = trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root')
    return bodyReply(list(ROOT_FOLDER, body, (dirent) => encodeDirentPlus(dirent, undefined)));
  const { tree, node } = place;
  if (node.kind === 'file') return errorReply(ERRNO.ENOTDIR);
  return bodyReply(
    list(listed(tree, node), body, (dirent, child) =>
      encodeDirentPlus(dirent, child === undefined ? undefined : nodeEntry(tree, child)),
    ),
  );
};

/** The root, which keeps its snapshots to itself. */
const ROOT_FOLDER: Listed = {
  id: ROOT_NODE_ID,
  parentId: ROOT_NODE_ID,
  count: 0,
  childAt: () => undefined,
  idOf: () => ROOT_NODE_ID,
};

/** A folder as it is listed. */
interface Listed {
  id: bigint;
  parentId: bigint;
  count: number;
  childAt(at: number): SnapshotNode | undefined;
  idOf(child: SnapshotNode): bigint;
}

function listed(tree: SnapshotTree, folder: FolderNode): Listed {
  return {
    id: tree.folderId(folder.index),
    parentId: folder.parent === undefined ? ROOT_NODE_ID : tree.folderId(folder.parent),
    count: tree.count(folder),
    childAt: (at) => tree.childAt(folder, at),
    idOf: (child) => tree.idOf(child),
  };
}

/** As many names from the asked position on as fit. */
function list(
  folder: Listed,
  body: Buffer,
  encode: (dirent: Dirent, child: SnapshotNode | undefined) => Buffer,
): Buffer {
  const { offset, size } = decodeReadIn(body);
  const encoded: Buffer[] = [];
  let room = size;
  for (let at = offset; at < DOTS + folder.count; at += 1) {
    const child = folder.childAt(at - DOTS);
    const bytes = encode(direntAt(folder, at, child), child);
    if (bytes.length > room) break;
    room -= bytes.length;
    encoded.push(bytes);
  }
  return Buffer.concat(encoded);
}

function direntAt(folder: Listed, at: number, child: SnapshotNode | undefined): Dirent {
  const nextOffset = at + 1;
  if (child !== undefined) {
    return { ino: folder.idOf(child), nextOffset, name: child.name, isFolder: child.kind === 'folder' };
  }
  const isParent = at === 1;
  const ino = isParent ? folder.parentId : folder.id;
  return { ino, nextOffset, name: Buffer.from(isParent ? '..' : '.'), isFolder: true };
}
