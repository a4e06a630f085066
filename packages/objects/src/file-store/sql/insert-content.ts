import type { DatabaseSync } from 'node:sqlite';

/** `[[content, bytes], …]`: contents that, one after the other, make up another. */
export type Members = readonly (readonly [content: number, bytes: number])[];

export function parseMembers(json: string): Members {
  return JSON.parse(json);
}

/** Where the bytes of a new content are. `file`: in the file named by the id. */
export type ContentSource =
  | { kind: 'inline'; bytes: Uint8Array }
  | { kind: 'file' }
  | { kind: 'members'; members: Members };

/** Adds a content to which one object or part points. */
export function prepareInsertContent(db: DatabaseSync): (id: number, source: ContentSource) => void {
  const statement = db.prepare('INSERT INTO contents VALUES (?, 1, ?, ?)');
  return (id, source) => {
    statement.run(
      id,
      source.kind === 'inline' ? source.bytes : null,
      source.kind === 'members' ? JSON.stringify(source.members) : null,
    );
  };
}
