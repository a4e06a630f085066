import type { Engine } from './engine.ts';
import type { Turn } from './turns.ts';

/** Rows that one turn removes at most: a few milliseconds. */
const ROWS_PER_TURN = 2000;

/** Clears away the instances of deleted jobs, some each turn, until none is left. */
export function sweep(engine: Engine, turn: Turn): void {
  if (engine.options.store.sweepInstances(ROWS_PER_TURN)) {
    turn.after(() => engine.turns.happened((next) => sweep(engine, next)));
  }
}
