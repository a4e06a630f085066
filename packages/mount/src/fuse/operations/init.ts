import { decodeInitIn, encodeInitOut, INIT_FLAG } from '../protocol/init.ts';
import { ERRNO } from '../protocol/errno.ts';
import { bodyReply, errorReply } from '../reply.ts';
import type { Operation } from './operation.ts';

const MAJOR = 7;
const MINOR = 31;
const USED = Object.values(INIT_FLAG).reduce((all, flag) => all | flag, 0);
const MAX_READAHEAD = 4 * 1024 * 1024;

/** The first request of a connection: agrees on version and abilities. */
export const init: Operation = (_context, { body }) => {
  const offer = decodeInitIn(body);
  if (offer.major !== MAJOR || offer.minor < MINOR) return errorReply(ERRNO.EINVAL);
  return bodyReply(
    encodeInitOut({
      major: MAJOR,
      minor: MINOR,
      maxReadahead: MAX_READAHEAD,
      flags: (offer.flags & USED) >>> 0,
      maxBackground: 64,
      congestionThreshold: 48,
      maxWrite: 4096,
      maxPages: 256,
    }),
  );
};
