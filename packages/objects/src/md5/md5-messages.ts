/** What the MD5 thread is told, in order; `hash` tells the bodies under way apart. */
export type ToMd5Thread =
  | { kind: 'update'; hash: number; bytes: Uint8Array }
  | { kind: 'digest'; hash: number }
  | { kind: 'discard'; hash: number };

/** One answer for each `update` (without digest) and each `digest`, in their order for one `hash`. */
export interface FromMd5Thread {
  hash: number;
  digest?: Uint8Array;
}
