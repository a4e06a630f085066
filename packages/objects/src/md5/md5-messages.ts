/** What the MD5 thread is told, in order; `body` tells those under way apart. */
export type ToMd5Thread =
  | { kind: 'begin'; body: number; memory: SharedArrayBuffer }
  | { kind: 'update'; body: number; start: number; length: number }
  | { kind: 'digest'; body: number }
  | { kind: 'discard'; body: number };

/** The answer to each `update` (undefined) and each `digest` (16 bytes), in the order of asking. */
export type FromMd5Thread = Uint8Array | undefined;
