import { attemptId } from '@rebatch/model';
import { type AttemptOutcome, IMAGE_MISSING } from '@rebatch/worker';
import type { ClusterOccurrence, Occurrence } from '../events/occurrence.ts';
import { ActiveJobs } from './active-jobs.ts';
import { decide } from './decide.ts';
import type { Effect } from './decision.ts';
import { evolve } from './evolve.ts';
import { Fleet } from './fleet/fleet.ts';
import { type Flight, Flights } from './flights.ts';
import type { JobEvent } from './job-event.ts';
import { Gate } from './gate.ts';
import type { JobState, TaskState } from './job-state.ts';
import { MissingImages } from './missing-images.ts';
import { occurrencesOf } from './occurrences.ts';
import { isReady } from './ready.ts';
import { type QueueGate, ReadyQueue } from './ready-queue.ts';
import { retryDelay } from './retry-delay.ts';
import { Rules } from './rules.ts';
import type { SchedulerOptions } from './scheduler.ts';
import { removeJob } from './remove-job.ts';
import { sweep } from './sweep.ts';
import { type Turn, Turns } from './turns.ts';
import { writeChanges } from './write-changes.ts';

/** Attempts dispatched in one turn at most, so that requests are answered in between. */
const DISPATCHES_PER_TURN = 200;

/** Carries decisions out: memory, store, ready queue, executor. All of it happens inside turns. */
export class Engine {
  readonly options: SchedulerOptions;
  readonly jobs: ActiveJobs;
  readonly ready = new ReadyQueue();
  readonly flights = new Flights();
  readonly rules: Rules;
  readonly images: MissingImages;
  readonly gate: Gate;
  readonly fleet: Fleet;
  readonly turns: Turns;
  /** Since when each task's instances could have gone, milliseconds since the epoch. */
  readonly #readySince = new WeakMap<TaskState, number>();
  /** True once the executor's sandboxes were compared with the store: nothing is dispatched before. */
  reconciled = false;
  closing = false;

  constructor(options: SchedulerOptions) {
    this.options = options;
    this.jobs = new ActiveJobs(options.store);
    this.rules = new Rules(options.store);
    this.images = new MissingImages({
      clock: options.clock,
      hasImage: (image) => options.executor.hasImage(image),
      found: () => this.turns.wake(),
    });
    this.gate = new Gate(this);
    this.fleet = new Fleet(this);
    this.turns = new Turns({
      clock: options.clock,
      transaction: (body) => options.store.transaction(body),
      finish: (turn) => this.#dispatch(turn),
      recover: () => this.reload(),
      failed: (error) => options.failed?.(error),
      makeRoom: options.makeRoom,
      defer: options.defer ?? ((turn) => void setImmediate(turn)),
    });
  }

  /** Reads memory again from the store. */
  reload(): void {
    this.ready.clear();
    this.fleet.clusters.reload();
    this.jobs.reload();
    for (const job of this.jobs.values()) this.enqueueReady(job);
  }

  /** Puts those tasks of a job into the queue whose predecessors are done. */
  enqueueReady(job: JobState): void {
    for (const task of job.tasks.values()) {
      if (isReady(task, (name) => job.tasks.get(name)?.state)) this.#isReady(job, task);
    }
  }

  /**
   * Lets something happen to a job: decides, writes, and asks for the effects once the turn is durable. False when it
   * changed nothing.
   */
  apply(turn: Turn, job: JobState, event: JobEvent): boolean {
    const { changes, effects } = decide(job, event);
    if (changes.length === 0) return false;
    const from = job.state;
    const { recorder } = this.options;
    const occurrences = recorder === undefined ? [] : occurrencesOf(job, changes);
    evolve(job, changes);
    writeChanges(this.options.store, job, changes);
    this.record(turn, occurrences);
    for (const effect of effects) this.#carryOut(turn, job, effect);
    if (job.state !== from) {
      const { id: jobId, owner, state: to } = job;
      this.publish(turn, { type: 'job', jobId, owner, from, to });
    }
    return true;
  }

  /** Writes down what users may be told of, as part of the turn's transaction. */
  record(turn: Turn, occurrences: readonly Occurrence[]): void {
    const { recorder } = this.options;
    if (recorder === undefined || occurrences.length === 0) return;
    recorder.record(occurrences);
    turn.after(() => recorder.recorded());
  }

  recordCluster(turn: Turn, occurrence: ClusterOccurrence): void {
    const { recorder } = this.options;
    if (recorder === undefined) return;
    recorder.recordCluster(occurrence);
    turn.after(() => recorder.recorded());
  }

  publish(turn: Turn, happening: Parameters<NonNullable<SchedulerOptions['publish']>>[0]): void {
    const { publish } = this.options;
    if (publish !== undefined) turn.after(() => publish(happening));
  }

  /** Takes note that the executor has an attempt. */
  takeOff(turn: Turn, flight: Flight): void {
    this.flights.add(flight);
    turn.undo(() => this.flights.remove(flight.id));
  }

  /** Takes note of an attempt's end; its slot is free and its instance, if it waited for that, may go. */
  land(turn: Turn, id: string, at: number, outcome: AttemptOutcome): void {
    turn.after(() => this.options.executor.forget(id));
    this.fleet.release(turn, id);
    const flight = this.flights.remove(id);
    if (flight === undefined) return;
    turn.undo(() => this.flights.add(flight));
    this.publish(turn, { type: 'ended', attemptId: id, owner: flight.owner, outcome });
    const job = this.jobs.get(flight.jobId);
    const task = job?.tasks.get(flight.task);
    if (job === undefined || task === undefined) return;
    const { task: name, number, attempt } = flight;
    if (task.instances.get(number)?.phase === 'Waiting') this.ready.again(task, number);
    else
      this.apply(turn, job, {
        type: 'ended',
        task: name,
        number,
        attempt,
        at,
        outcome: this.#judge(flight, task, outcome),
      });
  }

  /** An image that is not there is no failure of the program: the task waits for it, and the attempt does not count. */
  #judge({ image }: Flight, task: TaskState, outcome: AttemptOutcome): AttemptOutcome {
    if (outcome.kind !== 'failed' || outcome.code !== IMAGE_MISSING || image === '') return outcome;
    this.images.add(task.rowId, image);
    return { kind: 'lost', message: outcome.message };
  }

  /** (Re)starts or adopts the attempt that an instance is on. */
  launch(turn: Turn, job: JobState, taskName: string, instanceId: number, attempt: number): void {
    const { executor, specOf, clock } = this.options;
    const id = attemptId({ jobId: job.id, taskName, instanceId, attempt });
    const dag = this.jobs.dagOf(job);
    if (dag === undefined) return;
    const place = this.fleet.clusters.placeOfAttempt(id);
    const spec = specOf({
      job,
      dag,
      taskName,
      instanceId,
      attempt,
      ...(place === undefined ? {} : { place }),
    });
    this.takeOff(turn, {
      id,
      jobId: job.id,
      task: taskName,
      number: instanceId,
      attempt,
      owner: job.owner,
      limits: job.tasks.get(taskName)?.limits ?? [],
      image: spec.image,
      clusterId: job.tasks.get(taskName)?.clusterId ?? '',
      since: clock.now(),
    });
    turn.after(() => executor.start(spec));
  }

  #carryOut(turn: Turn, job: JobState, effect: Effect): void {
    switch (effect.type) {
      case 'start':
        this.launch(turn, job, effect.task, effect.number, effect.attempt);
        break;
      case 'stop': {
        const { task: taskName, number: instanceId, attempt } = effect;
        const id = attemptId({ jobId: job.id, taskName, instanceId, attempt });
        turn.after(() => this.options.executor.stop(id));
        break;
      }
      case 'ready': {
        const task = job.tasks.get(effect.task);
        if (task !== undefined) this.#isReady(job, task);
        break;
      }
      case 'retry':
        this.#retryLater(turn, job.id, effect.task, effect.number, retryDelay(effect.losses));
        break;
      case 'closed':
        this.#closed(turn, job);
        break;
    }
  }

  #isReady(job: JobState, task: TaskState): void {
    this.#readySince.set(task, this.options.clock.now());
    this.ready.add(job, task);
  }

  #retryLater(turn: Turn, jobId: string, taskName: string, number: number, delayMs: number): void {
    const again = (): void => {
      const task = this.jobs.get(jobId)?.tasks.get(taskName);
      if (task !== undefined) this.ready.again(task, number);
    };
    if (delayMs === 0) again();
    else turn.after(() => void this.options.clock.after(delayMs, () => this.turns.happened(again)));
  }

  #closed(turn: Turn, job: JobState): void {
    this.jobs.delete(job.id);
    this.ready.remove(job);
    for (const task of job.tasks.values()) this.images.remove(task.rowId);
    const failed = [...job.tasks.values()].some((task) => task.counts.failed > 0);
    if (job.state !== 'Finished' || !job.autoRelease || failed) return;
    removeJob(this, turn, job);
    turn.after(() => this.turns.happened((next) => sweep(this, next)));
  }

  /** What an attempt must find before anything else: a slot, or a machine of its cluster. */
  readonly #door: QueueGate = {
    load: (owner) => this.flights.slotsOf(owner),
    refusal: (job, task) => (this.hasRoom(task) ? this.gate.refusal(job, task) : 'no room'),
  };

  hasRoom({ clusterId }: TaskState): boolean {
    if (clusterId === '') return this.#slotIsFree();
    return (this.fleet.clusters.get(clusterId)?.free.size ?? 0) > 0;
  }

  #nodeIsWanted(): boolean {
    return this.ready.wantsNodes && this.fleet.clusters.free > 0;
  }

  #slotIsFree(): boolean {
    return this.flights.slots < this.options.executor.capabilities.slots;
  }

  #dispatch(turn: Turn): void {
    const { executor } = this.options;
    if (!this.reconciled || this.closing || !executor.health().available || this.ready.empty) return;
    this.rules.refresh();
    this.ready.begin();
    for (let n = 0; this.#slotIsFree() || this.#nodeIsWanted(); n++) {
      if (n === DISPATCHES_PER_TURN) {
        turn.after(() => this.turns.wake());
        return;
      }
      const next = this.ready.next(this.#door);
      if (next === undefined) return;
      const { job, task, number } = next;
      // An older attempt is still being killed; its end puts the instance back.
      if (this.flights.blocks({ jobId: job.id, task: task.name, number })) continue;
      const attempt = (task.instances.get(number)?.attempt ?? -1) + 1;
      const id = attemptId({ jobId: job.id, taskName: task.name, instanceId: number, attempt });
      if (task.clusterId !== '') this.fleet.occupy(task.clusterId, id);
      this.apply(turn, job, { type: 'dispatched', task: task.name, number });
      const now = this.options.clock.now();
      const afterMs = now - (this.#readySince.get(task) ?? now);
      this.publish(turn, { type: 'dispatched', attemptId: id, owner: job.owner, afterMs });
    }
  }
}
