import type { Dag, JobDescription } from '@rebatch/model';
import type { Database } from './database.ts';

/** What the client submitted, normalised; undefined when the job is gone. */
export function readDescription(db: Database, seq: number): JobDescription | undefined {
  const row = db.statement('SELECT description FROM job WHERE seq = ?').get(seq);
  if (row === undefined) return undefined;
  // Written by insert-job from this very type.
  const description: JobDescription = JSON.parse(String(row['description']));
  return description;
}

/** What the job runs: its own DAG or the one its App expanded to at submission. */
export function readDag(db: Database, seq: number): Dag | undefined {
  const row = db.statement('SELECT dag FROM job WHERE seq = ?').get(seq);
  if (row === undefined) return undefined;
  if (row['dag'] === null) {
    const description = readDescription(db, seq);
    return description?.Type === 'DAG' ? description.DAG : undefined;
  }
  const dag: Dag = JSON.parse(String(row['dag']));
  return dag;
}
