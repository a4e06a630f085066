import type { Appender } from '../file-store/appender.ts';
import type { StoreContext } from '../file-store/context.ts';
import { readContent } from '../file-store/read-content.ts';
import type { StoredObject } from '../file-store/sql/rows.ts';
import type { Members } from '../file-store/sql/insert-content.ts';
import { writeContent, type WrittenContent } from '../file-store/write-content.ts';

/** Segments grow by being joined up to this many bytes. */
const MOST_SEGMENT_BYTES = 32 * 1024 * 1024;

/** Segments behind which the tail is joined whatever the sizes are. */
const MOST_SEGMENTS = 400;

/**
 * S3 cannot append. The object is a row that lists segments, and what is appended becomes one more (small ones live
 * in the database like all small bodies). A new segment is joined with those before it that are not larger, so that
 * sizes double: n bytes are written O(log n) times, and the list stays short (spec/oss.md §6).
 */
export const appendSegments: Appender = async (context, old, piece) => {
  const members = old === undefined ? [] : membersOf(context, old);
  const joined = joinedTail(members, piece.size);
  const kept = members.slice(0, members.length - joined.length);
  // A piece that is in the bucket already is a segment as it is; one that waited in memory may be too big for a row.
  const segment =
    joined.length === 0 && piece.source.kind === 'file'
      ? piece
      : await writeContent(context.files, join(context, joined, piece), {});
  const { sql, files } = context;
  return {
    attach() {
      const content = files.nextId();
      sql.insertContent(segment.id, segment.source);
      for (const [member] of kept) {
        sql.shareContent(member);
      }
      sql.insertContent(content, { kind: 'members', members: [...kept, [segment.id, segment.size]] });
      return { content, released: old === undefined ? [] : sql.releaseContent(old.content) };
    },
    settle(attached) {
      for (const written of new Set([segment, piece])) {
        if (written.source.kind === 'file' && !(attached && written === segment)) {
          files.remove(written.id);
        }
      }
    },
  };
};

function membersOf({ sql }: StoreContext, { content, info }: StoredObject): Members {
  const source = sql.findContent(content);
  return source?.kind === 'members' ? source.members : [[content, info.size]];
}

/** The last members that the new segment takes in. */
export function joinedTail(members: Members, bytes: number): Members {
  let size = bytes;
  let first = members.length;
  for (; first > 0; first -= 1) {
    const [, length] = members[first - 1] ?? [0, 0];
    if ((length > size && first < MOST_SEGMENTS) || size + length > MOST_SEGMENT_BYTES) {
      break;
    }
    size += length;
  }
  return members.slice(first);
}

async function* join(
  { sql, files }: StoreContext,
  members: Members,
  piece: WrittenContent,
): AsyncGenerator<Uint8Array> {
  for (const [member, length] of members) {
    yield* readContent(sql, files, member, { start: 0, end: length - 1 });
  }
  if (piece.source.kind === 'inline') {
    yield piece.source.bytes;
  } else {
    yield* files.read(piece.id, { start: 0, end: piece.size - 1 });
  }
}
