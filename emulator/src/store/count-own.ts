import type { Database } from './database.ts';

const COUNTS = {
  jobs: 'SELECT count(*) AS n FROM (SELECT 1 FROM job WHERE owner = ? LIMIT ?)',
  clusters: 'SELECT count(*) AS n FROM (SELECT 1 FROM cluster WHERE owner = ? LIMIT ?)',
  images: 'SELECT count(*) AS n FROM (SELECT 1 FROM image WHERE owner = ? LIMIT ?)',
} as const;

/** How many jobs, clusters or images an owner has stored; not counted any further than `atMost`. */
export function countOwn(db: Database, what: keyof typeof COUNTS, owner: string, atMost: number): number {
  return Number(db.statement(COUNTS[what]).get(owner, atMost)?.['n']);
}
