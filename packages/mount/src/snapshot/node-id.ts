/** A snapshot has fewer nodes than this; the rest of a node id is the snapshot's number. */
const NODES = 2 ** 28;

/** Of the file system's root, which shows the snapshots by their numbers. */
export const ROOT_NODE_ID = 1;

/** Snapshots are numbered from 1 and nodes from 0, so that no node id is the root's. */
export function nodeIdOf(snapshot: number, index: number): number {
  return snapshot * NODES + index;
}

export function partsOfNodeId(nodeId: number): { snapshot: number; index: number } {
  return { snapshot: Math.floor(nodeId / NODES), index: nodeId % NODES };
}
