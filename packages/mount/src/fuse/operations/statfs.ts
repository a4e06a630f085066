import { encodeStatfsOut } from '../protocol/statfs-out.ts';
import { bodyReply } from '../reply.ts';
import type { Operation } from './operation.ts';

/** STATFS: a full, read-only file system. */
export const statfs: Operation = () => bodyReply(encodeStatfsOut(0, 0));
