import { ERRNO } from '../protocol/errno.ts';
import { errorReply } from '../reply.ts';
import type { Operation } from './operation.ts';

/**
 * OPEN and OPENDIR need nothing of us. "Not implemented" is how a file system says so: from then on the kernel opens
 * without asking and keeps what it has cached (linux/fuse.h, FUSE_NO_OPEN_SUPPORT).
 */
export const open: Operation = () => errorReply(ERRNO.ENOSYS);
