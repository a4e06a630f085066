import { ERRNO } from '../protocol/errno.ts';
import type { FileNode, SnapshotTree } from '../../snapshot/snapshot-tree.ts';
import { decodeReadIn } from '../protocol/read-in.ts';
import { errorReply, type Reply } from '../reply.ts';
import { StaleContentError } from '../blocks/block-source.ts';
import type { Content } from '../blocks/block.ts';
import type { Place } from '../blocks/small-contents.ts';
import type { FuseContext, Operation } from './operation.ts';

/** READ: bytes of a file. An object that is not what it was is an error, never other bytes. */
export const read: Operation = (context, { nodeId, body }) => {
  const place = context.trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root' || place.node.kind === 'folder') return errorReply(ERRNO.EISDIR);
  const { offset, size } = decodeReadIn(body);
  const { tree, node } = place;
  return readContent(context, contentOf(tree, node), offset, size, placeIn(tree, node));
};

function contentOf({ bucket }: SnapshotTree, { object }: FileNode): Content {
  return { bucket, ...object };
}

/** Programs mostly read a folder in the order of its listing. */
function placeIn(tree: SnapshotTree, { index }: FileNode): Place {
  return {
    listing: String(tree.number),
    index,
    following: (count) => tree.filesAfter(index, count).map((node) => contentOf(tree, node)),
  };
}

async function readContent(
  { blocks, warn }: FuseContext,
  content: Content,
  offset: number,
  size: number,
  place: Place,
): Promise<Reply> {
  try {
    return { kind: 'body', ...(await blocks.read(content, offset, size, place)) };
  } catch (error) {
    warn(error instanceof StaleContentError ? error.message : `a read failed: ${String(error)}`);
    return errorReply(ERRNO.EIO);
  }
}
