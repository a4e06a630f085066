import { instanceAt, isFinal } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import { decide } from '../decide.ts';
import { evolve } from '../evolve.ts';
import type { JobEvent } from '../job-event.ts';
import type { JobState } from '../job-state.ts';
import { brokenJobLaws } from './job-laws.ts';

export interface Draw {
  what: 'dispatch' | 'start' | 'end' | 'stop' | 'resume' | 'stale';
  /** Which of the possible ones is meant. */
  pick: number;
  outcome: AttemptOutcome;
}

interface Attempt {
  task: string;
  number: number;
  attempt: number;
}

const nameOf = ({ task, number }: { task: string; number: number }): string => `${task}.${number}`;

/**
 * A job in a world that dispatches, runs, fails, loses, stops and restarts at random, with a small model beside it: what
 * flies, what has succeeded, how often each program has failed.
 */
export class RandomJob {
  readonly job: JobState;
  /** Laws that were broken, in the order of events. */
  readonly broken: string[] = [];
  readonly #flying: Attempt[] = [];
  readonly #retired: Attempt[] = [];
  readonly #succeeded = new Set<string>();
  readonly #started = new Set<string>();
  readonly #failures = new Map<string, number>();
  #at = 0;

  constructor(job: JobState) {
    this.job = job;
    this.broken.push(...brokenJobLaws(job));
  }

  take({ what, pick, outcome }: Draw): void {
    this.#at++;
    const at = this.#at;
    const flight = this.#flying[pick % this.#flying.length];
    switch (what) {
      case 'stop':
        this.#happen({ type: 'stop', at });
        break;
      case 'resume':
        if (this.job.state === 'Stopped' || this.job.state === 'Failed') this.#failures.clear();
        this.#happen({ type: 'resume' });
        break;
      case 'dispatch': {
        const possible = this.#dispatchable();
        const chosen = possible[pick % possible.length];
        if (chosen) this.#happen({ type: 'dispatched', ...chosen });
        break;
      }
      case 'start':
        if (flight) this.#happen({ type: 'started', ...flight, at, nodeIp: '' });
        break;
      case 'end':
        if (flight) this.#end(flight, outcome);
        break;
      case 'stale': {
        const old = this.#retired[pick % this.#retired.length];
        if (old === undefined) break;
        const { changes } = decide(this.job, { type: 'ended', ...old, at, outcome });
        if (changes.length > 0) this.broken.push('what is over stays over');
        break;
      }
    }
  }

  #end(flight: Attempt, outcome: AttemptOutcome): void {
    this.#flying.splice(this.#flying.indexOf(flight), 1);
    this.#retired.push(flight);
    const name = nameOf(flight);
    const task = this.job.tasks.get(flight.task);
    const instance = task?.instances.get(flight.number);
    const counts =
      instance?.attempt === flight.attempt &&
      (instance.phase === 'Dispatched' || instance.phase === 'Running');
    const good = outcome.kind === 'exited' && outcome.exitCode === 0;
    const lost = outcome.kind === 'lost' || outcome.kind === 'stopped';
    if (counts && good) this.#succeeded.add(name);
    if (counts && !good && !lost) this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
    this.#happen({ type: 'ended', ...flight, at: this.#at, outcome });
    const failed = task?.instances.get(flight.number)?.phase === 'Failed';
    const mayFail = (this.#failures.get(name) ?? 0) > (task?.maxRetryCount ?? 0);
    if (counts && failed !== (mayFail && !lost && !good))
      this.broken.push('MaxRetryCount failures are retried, no more');
  }

  #happen(event: JobEvent): void {
    const before = structuredClone(this.job);
    const decision = decide(this.job, event);
    if (JSON.stringify(toPlain(before)) !== JSON.stringify(toPlain(this.job)))
      this.broken.push('decide is pure');
    evolve(this.job, decision.changes);
    for (const effect of decision.effects) {
      if (effect.type !== 'start') continue;
      const { task, number, attempt } = effect;
      const name = nameOf(effect);
      const id = `${name}.${attempt}`;
      if (this.#started.has(id)) this.broken.push('an attempt is started once');
      if (this.#succeeded.has(name)) this.broken.push('what has succeeded is not run again');
      if (this.#flies(effect)) this.broken.push('no instance runs twice at once');
      this.#started.add(id);
      this.#flying.push({ task, number, attempt });
    }
    this.broken.push(...brokenJobLaws(this.job));
  }

  #flies(instance: { task: string; number: number }): boolean {
    return this.#flying.some((other) => nameOf(other) === nameOf(instance));
  }

  /** What the ready queue would offer; the engine keeps an instance back while an older attempt of it flies. */
  #dispatchable(): { task: string; number: number }[] {
    if (isFinal(this.job.state)) return [];
    return [...this.job.tasks.values()]
      .filter(({ state }) => !isFinal(state))
      .filter(({ predecessors }) =>
        predecessors.every((name) => this.job.tasks.get(name)?.state === 'Finished'),
      )
      .flatMap(({ name: task, instances, cursor, instanceCount, order }) => {
        const numbers = [...instances.values()].flatMap(({ phase, number }) =>
          phase === 'Waiting' ? [number] : [],
        );
        if (cursor < instanceCount) numbers.push(instanceAt(order, cursor, instanceCount));
        return numbers.map((number) => ({ task, number }));
      })
      .filter((instance) => !this.#flies(instance));
  }
}

function toPlain(job: JobState): unknown {
  return {
    ...job,
    tasks: [...job.tasks.values()].map((task) => ({ ...task, instances: [...task.instances] })),
  };
}
