import { STATES, type State } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import type { Happening } from './happening.ts';
import { Histogram } from './histogram.ts';

/** Figures of the scheduler, for GET /metrics. */
export interface Metrics {
  /** Takes note of what happened; give it to the scheduler as `publish`. */
  observe(happening: Happening): void;
  /** Prometheus text (exposition format 0.0.4). */
  render(): string;
}

export interface MetricsOptions {
  /** Jobs in the store by state when counting begins. */
  jobs: ReadonlyMap<State, number>;
  /** Slots that are taken, and how many there are. */
  usage: () => { busy: number; slots: number };
  /** Machines of clusters, and those that have an attempt. */
  nodes: () => { all: number; busy: number };
  /** Instances of the jobs that have work left. */
  instances: () => { waiting: number; running: number };
  /** True while the executor can take attempts. */
  available: () => boolean;
}

/** Seconds from dispatch to a running program that tell something: a simulated one, a container, a pulled image. */
const START_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Seconds in the queue: a free farm, a busy one, a night, a day. */
const WAIT_BUCKETS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 1800, 3600, 14_400, 43_200, 86_400];

export function createMetrics(options: MetricsOptions): Metrics {
  const jobs = new Map<State, number>(options.jobs);
  const outcomes = new Map<string, number>();
  const starts = new Histogram(START_BUCKETS);
  const waits = new Histogram(WAIT_BUCKETS);
  let dispatched = 0;

  return {
    observe(happening) {
      switch (happening.type) {
        case 'job':
          if (happening.from !== '') jobs.set(happening.from, (jobs.get(happening.from) ?? 0) - 1);
          if (happening.to !== '') jobs.set(happening.to, (jobs.get(happening.to) ?? 0) + 1);
          break;
        case 'dispatched':
          dispatched++;
          waits.observe(happening.afterMs / 1000);
          break;
        case 'started':
          starts.observe(happening.afterMs / 1000);
          break;
        case 'ended': {
          const name = outcomeName(happening.outcome);
          outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
          break;
        }
        case 'cluster':
          // Its figures are in the cluster's own view.
          break;
      }
    },
    render() {
      const { busy, slots } = options.usage();
      const nodes = options.nodes();
      const { waiting, running } = options.instances();
      return [
        ...head('rebatch_jobs', 'gauge', 'Jobs by state.'),
        ...STATES.map((state) => `rebatch_jobs{state="${state}"} ${jobs.get(state) ?? 0}`),
        ...head('rebatch_instances', 'gauge', 'Instances of jobs that have work left, by state.'),
        `rebatch_instances{state="Waiting"} ${waiting}`,
        `rebatch_instances{state="Running"} ${running}`,
        ...head('rebatch_executor_available', 'gauge', '1 while the executor can take attempts.'),
        `rebatch_executor_available ${options.available() ? 1 : 0}`,
        ...head('rebatch_slots', 'gauge', 'Attempts that may run at once.'),
        `rebatch_slots ${slots}`,
        ...head('rebatch_slots_busy', 'gauge', 'Slots that are taken.'),
        `rebatch_slots_busy ${busy}`,
        ...head('rebatch_nodes', 'gauge', 'Machines of clusters.'),
        `rebatch_nodes ${nodes.all}`,
        ...head('rebatch_nodes_busy', 'gauge', 'Machines of clusters that have an attempt.'),
        `rebatch_nodes_busy ${nodes.busy}`,
        ...head('rebatch_attempts_dispatched_total', 'counter', 'Attempts handed to the executor.'),
        `rebatch_attempts_dispatched_total ${dispatched}`,
        ...head('rebatch_queue_wait_seconds', 'histogram', 'From ready to dispatch.'),
        ...waits.render('rebatch_queue_wait_seconds'),
        ...head('rebatch_attempts_ended_total', 'counter', 'Attempts that ended, by how.'),
        ...[...outcomes].map(([name, n]) => `rebatch_attempts_ended_total{outcome="${name}"} ${n}`),
        ...head('rebatch_attempt_start_seconds', 'histogram', 'From dispatch to a running program.'),
        ...starts.render('rebatch_attempt_start_seconds'),
        '',
      ].join('\n');
    },
  };
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function outcomeName(outcome: AttemptOutcome): string {
  if (outcome.kind === 'exited') return outcome.exitCode === 0 ? 'succeeded' : 'exited';
  return outcome.kind === 'killed' ? outcome.reason : outcome.kind;
}
