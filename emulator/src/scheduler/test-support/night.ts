import { isFinal, manualClock, parseAttemptId } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import { ALLOWED } from '../allowed.ts';
import { brokenTellings } from './broken-tellings.ts';
import { dagJob, type TaskShape } from './dag-job.ts';
import { type Farm, openFarm } from './open-farm.ts';
import { World } from './world.ts';

export interface NightJob {
  owner: string;
  failOnInstanceFail: boolean;
  autoRelease: boolean;
  first: TaskShape;
  /** Runs before the first. */
  second: TaskShape | null;
}

export type NightStep =
  | { do: 'submit'; job: NightJob }
  /** A program starts, or ends. */
  | { do: 'begin' | 'end'; pick: number; outcome: AttemptOutcome }
  | { do: 'stop' | 'start' | 'delete'; pick: number }
  /** The server is killed; dies before its next effect; dies with all sandboxes; two seconds pass. */
  | { do: 'kill' | 'deafen' | 'vanish' | 'time' };

const SLOTS = 3;
/** Attempts at once under the limit `maya`. */
const LICENCES = 2;
/** Attempts at once of the account 2. */
const QUOTA = 2;
const OK: AttemptOutcome = { kind: 'exited', exitCode: 0 };

/** A whole server over a real store, killed and started again at random, and what must hold of it. */
export class Night {
  readonly world = new World();
  /** Laws that were broken. */
  readonly broken: string[] = [];
  readonly #clock = manualClock();
  readonly #path: string;
  readonly #jobs: { id: string; owner: string }[] = [];
  #farm: Farm | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Kills the server, if one runs, and starts the next. */
  async wake(): Promise<Farm> {
    this.kill();
    const farm = await openFarm({
      path: this.#path,
      clock: this.#clock,
      executor: this.world.executor(SLOTS),
    });
    farm.store.saveLimit('maya', LICENCES);
    farm.store.saveQuota('2', 'instances', QUOTA);
    this.#farm = farm;
    return farm;
  }

  kill(): void {
    this.#farm?.crash();
    if (this.#farm && this.#farm.failures.length > 0) this.broken.push('everything can be stored');
    this.#farm = undefined;
  }

  async take(step: NightStep): Promise<void> {
    const farm = this.#farm ?? (await this.wake());
    switch (step.do) {
      case 'submit':
        await this.#submit(farm, step.job);
        break;
      case 'begin':
      case 'end': {
        const running = this.world.running();
        const id = running[step.pick % running.length];
        if (id === undefined) break;
        if (step.do === 'begin') this.world.started(id, this.#clock.now());
        else this.world.ended(id, step.outcome);
        break;
      }
      case 'stop':
      case 'start':
      case 'delete':
        await this.#ask(farm, step.do, step.pick);
        break;
      case 'deafen':
        this.world.deaf = true;
        break;
      case 'vanish':
        this.world.vanish();
        await this.wake();
        break;
      case 'kill':
        await this.wake();
        break;
      case 'time':
        this.#clock.advance(2000);
        break;
    }
    await this.#farm?.scheduler.settled();
    if (!this.world.deaf) this.#check();
  }

  /** Morning: everything runs to its end. */
  async drain(): Promise<void> {
    const farm = await this.wake();
    do {
      await farm.run(async () => {
        for (const id of this.world.running()) this.world.ended(id, OK);
        await farm.scheduler.settled();
        return false;
      });
    } while (this.world.running().length > 0);
    this.#check();
    if (farm.scheduler.usage().busy > 0) this.broken.push('every slot is given back');
    if (this.world.sandboxes.size > 0) this.broken.push('every sandbox is cleared away');
    for (const { id } of this.#jobs) {
      const state = farm.store.findJob(id)?.state;
      if (state !== undefined && !isFinal(state)) this.broken.push('every job comes to its end');
      this.broken.push(...brokenTellings(farm.store, id));
    }
  }

  async #submit(farm: Farm, job: NightJob): Promise<void> {
    const { owner, first, second } = job;
    const description = dagJob(
      second === null ? { a: first } : { a: first, b: { ...second, before: ['a'] } },
      {
        JobFailOnInstanceFail: job.failOnInstanceFail,
        AutoRelease: job.autoRelease,
      },
    );
    const { Id: id } = await farm.control.submitJob({ owner }, description);
    this.#jobs.push({ id, owner });
  }

  async #ask(farm: Farm, action: 'stop' | 'start' | 'delete', pick: number): Promise<void> {
    const job = this.#jobs[pick % this.#jobs.length];
    if (job === undefined) return;
    const before = farm.store.findJob(job.id)?.state;
    const expected =
      before === undefined ? '404' : ALLOWED[action].some((state) => state === before) ? 'done' : '409';
    const { scheduler } = farm;
    const asked = {
      stop: () => scheduler.stopJob(job.owner, job.id),
      start: () => scheduler.startJob(job.owner, job.id),
      delete: () => scheduler.deleteJob(job.owner, job.id),
    };
    const answer = await asked[action]().then(
      () => 'done',
      (error: { status: number }) => String(error.status),
    );
    if (answer !== expected) this.broken.push(`${action} of a job that is ${before} gave ${answer}`);
  }

  #check(): void {
    const running = this.world.running();
    const instances = new Set(running.map((id) => id.slice(0, id.lastIndexOf('.'))));
    if (instances.size < running.length) this.broken.push('no instance runs twice at once');
    if (running.length > SLOTS) this.broken.push('no more run than there are slots');
    this.#checkRules(running);
    if (new Set(this.world.begun).size < this.world.begun.length) this.broken.push('no attempt runs twice');
    for (const { id } of this.#jobs) this.#checkJob(id);
  }

  /** Limits and quotas hold for all that runs, but for sandboxes whose job nobody knows any more. */
  #checkRules(running: readonly string[]): void {
    const store = this.#farm?.store;
    if (store === undefined) return;
    const known = running.flatMap((id) => {
      const name = parseAttemptId(id);
      const job = name && store.findJob(name.jobId);
      const task = job && store.findTask(job.seq, name.taskName);
      return task === undefined ? [] : [{ owner: job?.owner, limits: task.limits }];
    });
    if (known.filter(({ limits }) => limits.includes('maya')).length > LICENCES)
      this.broken.push('no limit is passed');
    if (known.filter(({ owner }) => owner === '2').length > QUOTA) this.broken.push('no quota is passed');
  }

  #checkJob(id: string): void {
    const store = this.#farm?.store;
    const row = store?.findJob(id);
    if (store === undefined || row === undefined) return;
    const tasks = store.loadTasks(row.seq);
    for (const task of tasks) {
      const all = store.listInstances(task, { from: 0, limit: 100 });
      const count = (...phases: string[]): number => all.filter(({ phase }) => phases.includes(phase)).length;
      const { counts } = task;
      const right =
        counts.waiting === count('Waiting', 'Dispatched') &&
        counts.running === count('Running') &&
        counts.finished === count('Finished') &&
        counts.failed === count('Failed') &&
        counts.stopped === count('Stopped') &&
        all.length === task.instanceCount;
      if (!right) this.broken.push('counts agree with the instances');
      const early = tasks.some(({ name, state }) => task.predecessors.includes(name) && state !== 'Finished');
      if (early && count('Dispatched', 'Running') > 0)
        this.broken.push('a task runs only after its predecessors');
    }
  }
}
