import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('jobs move between states, attempts add up, starts are counted by how long they took', () => {
  const metrics = createMetrics({
    jobs: new Map([['Finished', 2]]),
    usage: () => ({ busy: 1, slots: 4 }),
    nodes: () => ({ all: 3, busy: 2 }),
    instances: () => ({ waiting: 7, running: 1 }),
    available: () => true,
  });
  const id = { jobId: 'job', owner: '1' };
  const attempt = { attemptId: 'a', owner: '1' };
  metrics.observe({ type: 'job', ...id, from: '', to: 'Waiting' });
  metrics.observe({ type: 'job', ...id, from: 'Waiting', to: 'Running' });
  metrics.observe({ type: 'job', ...id, from: 'Finished', to: '', outputs: [] });
  metrics.observe({ type: 'dispatched', ...attempt, afterMs: 200 });
  metrics.observe({ type: 'started', ...attempt, afterMs: 40 });
  metrics.observe({ type: 'started', ...attempt, afterMs: 700 });
  metrics.observe({ type: 'ended', ...attempt, outcome: { kind: 'exited', exitCode: 0 } });
  metrics.observe({ type: 'ended', ...attempt, outcome: { kind: 'exited', exitCode: 3 } });
  metrics.observe({ type: 'ended', ...attempt, outcome: { kind: 'killed', reason: 'oom', exitCode: 137 } });
  const lines = metrics.render().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'rebatch_jobs{state="Waiting"} 0',
      'rebatch_jobs{state="Running"} 1',
      'rebatch_jobs{state="Finished"} 1',
      'rebatch_slots 4',
      'rebatch_slots_busy 1',
      'rebatch_nodes 3',
      'rebatch_nodes_busy 2',
      'rebatch_attempts_dispatched_total 1',
      'rebatch_instances{state="Waiting"} 7',
      'rebatch_executor_available 1',
      'rebatch_queue_wait_seconds_bucket{le="0.1"} 0',
      'rebatch_queue_wait_seconds_bucket{le="0.5"} 1',
      'rebatch_attempts_ended_total{outcome="succeeded"} 1',
      'rebatch_attempts_ended_total{outcome="exited"} 1',
      'rebatch_attempts_ended_total{outcome="oom"} 1',
      'rebatch_attempt_start_seconds_bucket{le="0.025"} 0',
      'rebatch_attempt_start_seconds_bucket{le="0.05"} 1',
      'rebatch_attempt_start_seconds_bucket{le="+Inf"} 2',
      'rebatch_attempt_start_seconds_sum 0.74',
      'rebatch_attempt_start_seconds_count 2',
    ]),
  );
});
