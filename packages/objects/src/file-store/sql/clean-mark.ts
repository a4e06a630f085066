import type { DatabaseSync } from 'node:sqlite';

/** The mark that the last close was orderly, so that no orphan can be there. */
export function prepareCleanMark(db: DatabaseSync): { read(): boolean; write(clean: boolean): void } {
  const read = db.prepare('SELECT clean FROM store');
  const write = db.prepare('UPDATE store SET clean = ?');
  return {
    read: () => read.get()?.['clean'] === 1,
    write: (clean) => {
      write.run(clean ? 1 : 0);
    },
  };
}
