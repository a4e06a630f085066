import type { LocalFiles } from '../../types.ts';
import { requireObject, type StoreContext } from '../context.ts';
import { findSegments } from '../read-content.ts';

/** Undefined when a part of the object lies in no file: in the database, or on another host. */
export function localFiles(context: StoreContext, bucket: string, key: string): LocalFiles | undefined {
  const { files, sql } = context;
  const { info, content } = requireObject(context, bucket, key);
  const pieces: LocalFiles['pieces'] = [];
  for (const segment of findSegments(sql, content, { start: 0, end: info.size - 1 })) {
    const path = segment.kind === 'file' ? files.path?.(segment.id) : undefined;
    if (path === undefined) return undefined;
    pieces.push({ path, start: segment.start, bytes: segment.end - segment.start + 1 });
  }
  return { info, pieces };
}
