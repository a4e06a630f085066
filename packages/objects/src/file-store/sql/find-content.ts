import type { DatabaseSync } from 'node:sqlite';
import { type ContentSource, parseMembers } from './insert-content.ts';

export function prepareFindContent(db: DatabaseSync): (id: number) => ContentSource | undefined {
  const statement = db.prepare('SELECT inline, members FROM contents WHERE id = ?');
  return (id) => {
    const row = statement.get(id);
    if (row === undefined) {
      return undefined;
    }
    const { inline, members } = row;
    if (inline instanceof Uint8Array) {
      return { kind: 'inline', bytes: inline };
    }
    if (typeof members === 'string') {
      return { kind: 'members', members: parseMembers(members) };
    }
    return { kind: 'file' };
  };
}
