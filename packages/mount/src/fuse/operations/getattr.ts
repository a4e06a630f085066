import { encodeAttrOut } from '../protocol/attr-out.ts';
import { ERRNO } from '../protocol/errno.ts';
import { bodyReply, errorReply } from '../reply.ts';
import { nodeAttr, ROOT_ATTR, VALID_SECONDS } from './node-attr.ts';
import type { Operation } from './operation.ts';

export const getattr: Operation = ({ trees }, { nodeId }) => {
  const place = trees.locate(nodeId);
  if (place === undefined) return errorReply(ERRNO.ESTALE);
  const attr = place.at === 'root' ? ROOT_ATTR : nodeAttr(place.tree, place.node);
  return bodyReply(encodeAttrOut(attr, VALID_SECONDS));
};
