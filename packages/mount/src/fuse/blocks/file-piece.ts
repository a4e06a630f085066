import type { BigIntStats } from 'node:fs';

/** A stretch of a file of this host that holds a part of a content. */
export interface FilePiece {
  path: string;
  /** First byte in the file. */
  start: number;
  bytes: number;
  /** Which file it is, whatever gets its path after it. */
  identity: string;
}

/** Tells a file from every other that ever had its path. */
export function fileIdentity({ dev, ino, birthtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${birthtimeNs}`;
}
