import type { BlockReader } from '../blocks/block-reader.ts';
import type { Reply } from '../reply.ts';
import type { SnapshotTrees } from '../snapshot-trees.ts';

/** What operations work on. */
export interface FuseContext {
  trees: SnapshotTrees;
  blocks: BlockReader;
  warn: (message: string) => void;
}

interface FuseRequest {
  nodeId: bigint;
  /** Only until the operation returns: its memory is used for the next request. */
  body: Buffer;
}

/** Answers one kind of request. */
export type Operation = (context: FuseContext, request: FuseRequest) => Reply | Promise<Reply>;
