import { decodeName } from '../protocol/decode-name.ts';
import { encodeEntryOut, encodeNegativeEntryOut } from '../protocol/entry-out.ts';
import { ERRNO } from '../protocol/errno.ts';
import { bodyReply, errorReply, type Reply } from '../reply.ts';
import { nodeEntry, VALID_SECONDS } from './node-attr.ts';
import type { FuseContext, Operation } from './operation.ts';

/** LOOKUP: a name in a folder. Names that are not there are remembered by the kernel, too. */
export const lookup: Operation = (context, { nodeId, body }) => {
  const name = decodeName(body);
  const folder = context.trees.locate(nodeId);
  if (folder === undefined) return errorReply(ERRNO.ESTALE);
  if (folder.at === 'root') return lookUpSnapshot(context, name.toString('latin1'));
  if (folder.node.kind === 'file') return errorReply(ERRNO.ENOTDIR);
  const node = folder.tree.child(folder.node, name);
  if (node === undefined) return bodyReply(encodeNegativeEntryOut(VALID_SECONDS));
  return bodyReply(encodeEntryOut(nodeEntry(folder.tree, node)));
};

/** A snapshot that is not there may be made at any moment: not to be remembered. */
function lookUpSnapshot({ trees }: FuseContext, name: string): Reply {
  const tree = /^[1-9]\d{0,8}$/.test(name) ? trees.tree(Number(name)) : undefined;
  const root = tree?.node(0);
  if (tree === undefined || root === undefined) return errorReply(ERRNO.ENOENT);
  return bodyReply(encodeEntryOut(nodeEntry(tree, root)));
}
