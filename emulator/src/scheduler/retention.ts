import type { Timer } from '@rebatch/model';
import type { Engine } from './engine.ts';
import { removeJob } from './remove-job.ts';
import { sweep } from './sweep.ts';
import type { Turn } from './turns.ts';

/** How much of the past is kept. */
export interface Retention {
  /** Jobs that are over, the newest of all accounts together. */
  jobs: number;
  /** Days for which a job that is over is kept. */
  days: number;
  /** Events in the log. */
  events: number;
}

const DAY_MS = 24 * 3_600_000;
/** Milliseconds between two looks at what may go. */
const LOOK_MS = 60_000;
/** Jobs and rows that one turn removes at most, so that nobody waits for it. */
const JOBS_PER_TURN = 20;
const ROWS_PER_TURN = 1000;
/** How long events are kept, and messages that were given up. */
const EVENT_DAYS = 7;
const DEAD_LETTER_DAYS = 30;

/** Clears the past away little by little, now and then. Returns how to stop. */
export function keepTidy(engine: Engine, retention: Retention): () => void {
  const { clock } = engine.options;
  let timer: Timer | undefined;
  const look = (): void => {
    engine.turns.happened((turn) => tidy(engine, turn, retention));
    timer = clock.after(LOOK_MS, look);
  };
  timer = clock.after(LOOK_MS, look);
  return () => timer?.cancel();
}

function tidy(engine: Engine, turn: Turn, retention: Retention): void {
  const { store, clock } = engine.options;
  const now = clock.now();
  const jobs = store.listExpiredJobs({
    before: now - retention.days * DAY_MS,
    keep: retention.jobs,
    limit: JOBS_PER_TURN,
  });
  for (const job of jobs) removeJob(engine, turn, job);
  if (jobs.length > 0) sweep(engine, turn);
  const moreEvents = store.sweepEvents({
    before: now - EVENT_DAYS * DAY_MS,
    keep: retention.events,
    limit: ROWS_PER_TURN,
  });
  const moreLetters = store.sweepDeadLetters(now - DEAD_LETTER_DAYS * DAY_MS, ROWS_PER_TURN);
  if (jobs.length === JOBS_PER_TURN || moreEvents || moreLetters) {
    turn.after(() => engine.turns.happened((next) => tidy(engine, next, retention)));
  }
}
