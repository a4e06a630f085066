import { ATTR_BYTES, type Attr, writeAttr } from './attr.ts';
import { writeU64 } from './u64.ts';

/** What a name stands for. */
export interface Entry {
  nodeId: bigint;
  /** Told apart from earlier users of the same node id. */
  generation: number;
  attr: Attr;
  /** Seconds that the kernel may keep name and attributes. */
  validSeconds: number;
}

export const ENTRY_OUT_BYTES = 40 + ATTR_BYTES;

/** `struct fuse_entry_out`. */
export function encodeEntryOut(entry: Entry): Buffer {
  const out = Buffer.alloc(ENTRY_OUT_BYTES);
  writeEntryOut(out, entry, 0);
  return out;
}

/** Writes `struct fuse_entry_out` (128 bytes) at `at` of a zeroed buffer. */
export function writeEntryOut(out: Buffer, entry: Entry, at: number): void {
  out.writeBigUInt64LE(entry.nodeId, at);
  writeU64(out, entry.generation, at + 8);
  writeU64(out, entry.validSeconds, at + 16);
  writeU64(out, entry.validSeconds, at + 24);
  writeAttr(out, entry.attr, at + 40);
}

/** "There is no such name, and you may remember that": node id 0 with a time. */
export function encodeNegativeEntryOut(validSeconds: number): Buffer {
  const out = Buffer.alloc(ENTRY_OUT_BYTES);
  writeU64(out, validSeconds, 16);
  return out;
}
