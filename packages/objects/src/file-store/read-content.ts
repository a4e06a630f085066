import { Readable } from 'node:stream';
import type { ByteRange } from '../types.ts';
import type { Blobs } from './blobs.ts';
import type { Statements } from './sql/statements.ts';

/** Bytes `start` to `end` (inclusive) of one blob, or of a piece of memory. */
export type Segment = ByteRange & ({ kind: 'inline'; bytes: Uint8Array } | { kind: 'file'; id: number });

/**
 * A stream of the bytes of `content` in `range`. Its blobs are held until the stream is closed, so that it can be
 * read to its end although the object is replaced or deleted meanwhile.
 */
export function readContent(sql: Statements, blobs: Blobs, content: number, range: ByteRange): Readable {
  const segments = range.end < range.start ? [] : findSegments(sql, content, range);
  const [only, ...others] = segments;
  if (only === undefined) {
    return Readable.from([]);
  }
  if (only.kind === 'inline' && others.length === 0) {
    return Readable.from([only.bytes.subarray(only.start, only.end + 1)]);
  }
  const releases = segments.flatMap((segment) => (segment.kind === 'file' ? [blobs.hold(segment.id)] : []));
  const stream = Readable.from(readSegments(blobs, segments));
  stream.once('close', () => {
    for (const release of releases) {
      release();
    }
  });
  return stream;
}

/** Where the bytes of `content` in `range` are, in order. */
export function findSegments(sql: Statements, content: number, range: ByteRange): Segment[] {
  const source = sql.findContent(content);
  if (source === undefined) {
    throw new Error(`content ${content} is missing in the metadata`);
  }
  if (source.kind === 'inline') {
    return [{ kind: 'inline', bytes: source.bytes, ...range }];
  }
  if (source.kind === 'file') {
    return [{ kind: 'file', id: content, ...range }];
  }
  let offset = 0;
  return source.members.flatMap(([member, bytes]) => {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, bytes - 1);
    offset += bytes;
    return start <= end ? findSegments(sql, member, { start, end }) : [];
  });
}

async function* readSegments(blobs: Blobs, segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  for (const segment of segments) {
    if (segment.kind === 'inline') {
      yield segment.bytes.subarray(segment.start, segment.end + 1);
    } else {
      yield* blobs.read(segment.id, segment);
    }
  }
}
