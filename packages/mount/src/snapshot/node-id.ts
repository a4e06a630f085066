import { hash } from 'node:crypto';
import type { SnapshotObject } from './snapshot.ts';

/** A snapshot has fewer nodes than this; the rest of a node id is the snapshot's number. */
const NODES = 2 ** 28;
/** In the ids of files, which follow from their content, and in no other; 64-bit numbers with it are not negative. */
const CONTENT_BIT = 1n << 62n;
const CONTENT_MASK = CONTENT_BIT - 1n;

/** Of the file system's root, which shows the snapshots by their numbers. */
export const ROOT_NODE_ID = 1n;

/** Of a folder. Snapshots are numbered from 1 and nodes from 0, so that no node id is the root's. */
export function nodeIdOf(snapshot: number, index: number): bigint {
  return BigInt(snapshot * NODES + index);
}

/** What `nodeIdOf` was given; undefined for the id of a content. */
export function partsOfNodeId(nodeId: bigint): { snapshot: number; index: number } | undefined {
  if (nodeId >= CONTENT_BIT) return undefined;
  const number = Number(nodeId);
  return { snapshot: Math.floor(number / NODES), index: number % NODES };
}

/**
 * Of a file: the same in every snapshot that shows this very object, so that the kernel goes on with what it has of it, and
 * another once the object changes. 62 bits of a hash that nobody can aim: that two of a million objects have one id is as
 * likely as 1 in 9 million.
 */
export function contentNodeId(bucket: string, { key, etag, size, lastModified }: SnapshotObject): bigint {
  const digest = hash('sha256', JSON.stringify([bucket, key, etag, size, lastModified]), 'buffer');
  return CONTENT_BIT | (digest.readBigUInt64LE(0) & CONTENT_MASK);
}
