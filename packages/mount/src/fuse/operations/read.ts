import { ERRNO } from '../protocol/errno.ts';
import { decodeReadIn } from '../protocol/read-in.ts';
import { errorReply, type Reply } from '../reply.ts';
import { StaleContentError } from '../blocks/block-source.ts';
import type { Content } from '../blocks/block.ts';
import type { FuseContext, Operation } from './operation.ts';

/** READ: bytes of a file. An object that is not what it was is an error, never other bytes. */
export const read: Operation = (context, { nodeId, body }) => {
  const place = context.trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  if (place.at === 'root' || place.node.kind === 'folder') return errorReply(ERRNO.EISDIR);
  const { offset, size } = decodeReadIn(body);
  return readContent(context, { bucket: place.tree.bucket, ...place.node.object }, offset, size);
};

async function readContent(
  { blocks, warn }: FuseContext,
  content: Content,
  offset: number,
  size: number,
): Promise<Reply> {
  try {
    return { kind: 'body', ...(await blocks.read(content, offset, size)) };
  } catch (error) {
    warn(error instanceof StaleContentError ? error.message : `a read failed: ${String(error)}`);
    return errorReply(ERRNO.EIO);
  }
}
