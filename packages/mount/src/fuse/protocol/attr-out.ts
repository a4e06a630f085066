import { ATTR_BYTES, type Attr, writeAttr } from './attr.ts';
import { writeU64 } from './u64.ts';

/** `struct fuse_attr_out`: the attributes of a node, and for how many seconds the kernel may keep them. */
export function encodeAttrOut(attr: Attr, validSeconds: number): Buffer {
  const out = Buffer.alloc(16 + ATTR_BYTES);
  writeU64(out, validSeconds, 0);
  writeAttr(out, attr, 16);
  return out;
}
