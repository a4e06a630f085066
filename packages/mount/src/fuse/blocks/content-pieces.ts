/** A part of a content that lies somewhere of its own; parts follow each other. */
interface Piece {
  /** First byte where it lies. */
  start: number;
  bytes: number;
}

/** A stretch of a piece, and where its bytes go in the buffer that is filled. */
interface Stretch<P> {
  piece: P;
  /** Which of the pieces. */
  index: number;
  /** First byte where the piece lies. */
  from: number;
  /** Into the buffer. */
  at: number;
  length: number;
}

/** What of the pieces makes up the bytes `offset` to `offset + length` of the content, in order; less behind its end. */
export function stretchesOf<P extends Piece>(
  pieces: readonly P[],
  offset: number,
  length: number,
): Stretch<P>[] {
  const stretches: Stretch<P>[] = [];
  let [at, before] = [0, 0];
  for (const [index, piece] of pieces.entries()) {
    const skipped = offset + at - before;
    if (at < length && skipped < piece.bytes) {
      const stretch = {
        piece,
        index,
        from: piece.start + skipped,
        at,
        length: Math.min(length - at, piece.bytes - skipped),
      };
      stretches.push(stretch);
      at += stretch.length;
    }
    before += piece.bytes;
  }
  return stretches;
}
