import type { JobRow } from '../store/rows.ts';
import type { Engine } from './engine.ts';
import type { Turn } from './turns.ts';

/** Takes a job that is over out of the store, and tells so, and where its outputs went: what it left there may go, too. */
export function removeJob(
  engine: Engine,
  turn: Turn,
  { seq, id: jobId, owner, state }: Pick<JobRow, 'seq' | 'id' | 'owner' | 'state'>,
): void {
  const { store } = engine.options;
  const tasks = Object.values(store.readDag(seq)?.Tasks ?? {});
  const outputs = tasks.flatMap(({ OutputMapping }) => Object.values(OutputMapping));
  store.deleteJob(seq);
  engine.publish(turn, { type: 'job', jobId, owner, from: state, to: '', outputs: [...new Set(outputs)] });
}
