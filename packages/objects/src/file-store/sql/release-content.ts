import type { DatabaseSync } from 'node:sqlite';
import { parseMembers } from './insert-content.ts';

/**
 * One pointer to the content less; without pointers it goes, and its members lose one each.
 * Returns the ids whose files may be removed once the transaction is on the disk.
 */
export function prepareReleaseContent(db: DatabaseSync): (id: number) => number[] {
  const unpoint = db.prepare('UPDATE contents SET refs = refs - 1 WHERE id = ? AND refs > 1');
  const remove = db.prepare('DELETE FROM contents WHERE id = ? RETURNING inline IS NULL AS file, members');
  const release = (id: number): number[] => {
    if (unpoint.run(id).changes === 1) {
      return [];
    }
    const gone = remove.get(id);
    const members = gone?.['members'];
    if (typeof members === 'string') {
      return parseMembers(members).flatMap(([member]) => release(member));
    }
    return gone?.['file'] === 1 ? [id] : [];
  };
  return release;
}
