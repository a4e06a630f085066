/** Request numbers of the kernel's FUSE protocol that a read-only file system answers (linux/fuse.h, 7.31). */
export const OPCODE = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  readlink: 5,
  open: 14,
  read: 15,
  statfs: 17,
  release: 18,
  getxattr: 22,
  listxattr: 23,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  access: 34,
  interrupt: 36,
  destroy: 38,
  batchForget: 42,
  readdirplus: 44,
} as const;

/** Requests that would change something: refused with EROFS. */
export const CHANGING_OPCODES: ReadonlySet<number> = new Set([
  4, // SETATTR
  6, // SYMLINK
  8, // MKNOD
  9, // MKDIR
  10, // UNLINK
  11, // RMDIR
  12, // RENAME
  13, // LINK
  16, // WRITE
  21, // SETXATTR
  24, // REMOVEXATTR
  35, // CREATE
  43, // FALLOCATE
  45, // RENAME2
  47, // COPY_FILE_RANGE
]);
