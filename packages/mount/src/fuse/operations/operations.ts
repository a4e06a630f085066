import { ERRNO } from '../protocol/errno.ts';
import { CHANGING_OPCODES, OPCODE } from '../protocol/opcodes.ts';
import { errorReply, NO_REPLY } from '../reply.ts';
import { getattr } from './getattr.ts';
import { init } from './init.ts';
import { lookup } from './lookup.ts';
import { open } from './open.ts';
import type { Operation } from './operation.ts';
import { read } from './read.ts';
import { readdir, readdirplus } from './readdir.ts';
import { statfs } from './statfs.ts';

/** Nodes live as long as their snapshot; what the kernel forgets changes nothing. */
const forget: Operation = () => NO_REPLY;
/** There are no links: an object is a file. */
const noLink: Operation = () => errorReply(ERRNO.EINVAL);
const readOnly: Operation = () => errorReply(ERRNO.EROFS);
/** The kernel then does without, for good: no extended attributes, its own permission checks, no flush. */
const notImplemented: Operation = () => errorReply(ERRNO.ENOSYS);

const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [OPCODE.init, init],
  [OPCODE.lookup, lookup],
  [OPCODE.forget, forget],
  [OPCODE.batchForget, forget],
  [OPCODE.getattr, getattr],
  [OPCODE.readlink, noLink],
  [OPCODE.open, open],
  [OPCODE.opendir, open],
  [OPCODE.read, read],
  [OPCODE.readdir, readdir],
  [OPCODE.readdirplus, readdirplus],
  [OPCODE.statfs, statfs],
]);

export function operationOf(opcode: number): Operation {
  return OPERATIONS.get(opcode) ?? (CHANGING_OPCODES.has(opcode) ? readOnly : notImplemented);
}
