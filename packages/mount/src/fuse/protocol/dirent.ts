import { ENTRY_OUT_BYTES, type Entry, writeEntryOut } from './entry-out.ts';
import { writeU64 } from './u64.ts';

/** One name of a folder. */
export interface Dirent {
  ino: bigint;
  /** Where a later READDIR goes on after this name. */
  nextOffset: number;
  name: Buffer;
  isFolder: boolean;
}

const DIRENT_HEAD_BYTES = 24;
const DT_DIR = 4;
const DT_REG = 8;

/** `struct fuse_dirent`, padded to 8 bytes. */
export function encodeDirent(dirent: Dirent): Buffer {
  const out = Buffer.alloc(padded(DIRENT_HEAD_BYTES + dirent.name.length));
  writeDirent(out, dirent, 0);
  return out;
}

/** `struct fuse_direntplus`: the name with what LOOKUP would say. `entry` absent (for `.` and `..`): not looked up. */
export function encodeDirentPlus(dirent: Dirent, entry: Entry | undefined): Buffer {
  const out = Buffer.alloc(padded(ENTRY_OUT_BYTES + DIRENT_HEAD_BYTES + dirent.name.length));
  if (entry !== undefined) writeEntryOut(out, entry, 0);
  writeDirent(out, dirent, ENTRY_OUT_BYTES);
  return out;
}

function writeDirent(out: Buffer, { ino, nextOffset, name, isFolder }: Dirent, at: number): void {
  out.writeBigUInt64LE(ino, at);
  writeU64(out, nextOffset, at + 8);
  out.writeUInt32LE(name.length, at + 16);
  out.writeUInt32LE(isFolder ? DT_DIR : DT_REG, at + 20);
  name.copy(out, at + DIRENT_HEAD_BYTES);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
