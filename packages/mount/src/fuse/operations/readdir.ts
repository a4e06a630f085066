import { type Dirent, encodeDirent, encodeDirentPlus } from '../protocol/dirent.ts';
import { ERRNO } from '../protocol/errno.ts';
import { decodeReadIn } from '../protocol/read-in.ts';
import { bodyReply, errorReply } from '../reply.ts';
import { ROOT_NODE_ID } from '../../snapshot/node-id.ts';
import type { FolderNode, SnapshotNode } from '../../snapshot/snapshot-tree.ts';
import { nodeEntry } from './node-attr.ts';
import type { Operation } from './operation.ts';

/** `.` and `..` come first. */
const DOTS = 2;

/** READDIR: names of a folder. The root keeps its snapshots to itself. */
export const readdir: Operation = ({ trees }, { nodeId, body }) => {
  const place = trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root') return bodyReply(list(rootFolder, body, encodeDirent));
  if (place.node.kind === 'file') return errorReply(ERRNO.ENOTDIR);
  return bodyReply(list(place.node, body, encodeDirent));
};

/** READDIRPLUS: names with their attributes, which saves a LOOKUP for each. */
export const readdirplus: Operation = ({ trees }, { nodeId, body }) => {
  const place = trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root')
    return bodyReply(list(rootFolder, body, (dirent) => encodeDirentPlus(dirent, undefined)));
  const { tree, node } = place;
  if (node.kind === 'file') return errorReply(ERRNO.ENOTDIR);
  return bodyReply(
    list(node, body, (dirent, child) =>
      encodeDirentPlus(dirent, child === undefined ? undefined : nodeEntry(tree, child)),
    ),
  );
};

const rootFolder: FolderNode = {
  kind: 'folder',
  id: ROOT_NODE_ID,
  name: Buffer.alloc(0),
  parent: undefined,
  children: [],
};

/** As many names from the asked position on as fit. */
function list(
  folder: FolderNode,
  body: Buffer,
  encode: (dirent: Dirent, child: SnapshotNode | undefined) => Buffer,
): Buffer {
  const { offset, size } = decodeReadIn(body);
  const encoded: Buffer[] = [];
  let room = size;
  for (let at = offset; at < DOTS + folder.children.length; at += 1) {
    const child = folder.children[at - DOTS];
    const bytes = encode(direntAt(folder, at, child), child);
    if (bytes.length > room) break;
    room -= bytes.length;
    encoded.push(bytes);
  }
  return Buffer.concat(encoded);
}

function direntAt(folder: FolderNode, at: number, child: SnapshotNode | undefined): Dirent {
  const nextOffset = at + 1;
  if (child !== undefined) {
    return { ino: child.id, nextOffset, name: child.name, isFolder: child.kind === 'folder' };
  }
  const isParent = at === 1;
  const ino = isParent ? (folder.parent?.id ?? ROOT_NODE_ID) : folder.id;
  return { ino, nextOffset, name: Buffer.from(isParent ? '..' : '.'), isFolder: true };
}
