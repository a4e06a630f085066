import type { DirectPieces } from '../../types.ts';
import { requireObject, type StoreContext } from '../context.ts';
import { findSegments } from '../read-content.ts';

/** Undefined when a part of the object has no URL: it is in the database, or in a file. */
export async function directPieces(
  context: StoreContext,
  bucket: string,
  key: string,
  seconds: number,
): Promise<DirectPieces | undefined> {
  const { files, sql } = context;
  // The object is looked up once: description and URLs are of one content.
  const { info, content } = requireObject(context, bucket, key);
  const pieces: DirectPieces['pieces'] = [];
  for (const segment of findSegments(sql, content, { start: 0, end: info.size - 1 })) {
    if (segment.kind !== 'file' || files.directUrl === undefined) return undefined;
    const { id, start, end } = segment;
    pieces.push({ url: await files.directUrl(id, seconds, {}), start, bytes: end - start + 1 });
  }
  return { info, pieces };
}
