import { createHash } from 'node:crypto';

/** Bytes that follow from a number, so that whoever reads them can tell whose they are. */
export interface Piece {
  seed: number;
  length: number;
}

/** What one key may stand for. */
export type ObjectState =
  | { kind: 'absent' }
  | { kind: 'object'; pieces: readonly Piece[]; meta: string; tags: string; acl: string };

const POOL_BYTES = 1 << 20;
const pool = poolOfBytes();

/** Digest after digest: no two stretches of it are alike. */
function poolOfBytes(): Buffer {
  const blocks: Buffer[] = [];
  for (let bytes = 0; bytes < 2 * POOL_BYTES; bytes += 64) {
    blocks.push(createHash('sha512').update(String(bytes)).digest());
  }
  return Buffer.concat(blocks);
}

/** At most 1 MiB. */
export function bytesOf({ seed, length }: Piece): Buffer {
  const start = Math.imul(seed, 2_654_435_761) >>> 12;
  return pool.subarray(start % POOL_BYTES, (start % POOL_BYTES) + length);
}

export function contentOf(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(pieces.map(bytesOf));
}

/** For complaints. */
export function describeState(state: ObjectState): string {
  if (state.kind === 'absent') return 'nothing';
  const pieces = state.pieces.map(({ seed, length }) => `${length} bytes of ${seed}`).join(' + ');
  return `[${pieces}] meta=${state.meta} tags=${state.tags} acl=${state.acl}`;
}
