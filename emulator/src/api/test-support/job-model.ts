import type { State } from '@rebatch/model';

export interface TaskShape {
  instances: number;
  retries: number;
}

interface ModelInstance {
  state: State;
  retries: number;
  failures: number;
  /** An attempt is with the executor. */
  live: boolean;
  /** An attempt was killed and has not ended: nothing is started beside it. */
  dying: boolean;
}

interface ModelTask {
  shape: TaskShape;
  after: string[];
  state: State;
  instances: ModelInstance[];
}

/**
 * A job as spec/batchcompute-api.md §10 tells it, written down a second time in the plainest way: no rows, no cursors, no
 * counts that are kept, every instance of its own.
 */
export class JobModel {
  state: State = 'Waiting';
  priority = 0;
  readonly tasks = new Map<string, ModelTask>();
  readonly #failOnInstanceFail: boolean;

  /** `first` runs before `second`, if there is one. */
  constructor(failOnInstanceFail: boolean, first: TaskShape, second: TaskShape | null) {
    this.#failOnInstanceFail = failOnInstanceFail;
    this.tasks.set('first', newTask(first, []));
    if (second !== null) this.tasks.set('second', newTask(second, ['first']));
    this.#dispatch();
  }

  isOver(): boolean {
    return this.state === 'Finished' || this.#canStart();
  }

  /** Attempts that the executor must have, by `task.number`. */
  live(): string[] {
    return this.#all().flatMap(({ name, instance }) => (instance.live ? [name] : []));
  }

  begin(task: string, number: number): void {
    const instance = this.#instance(task, number);
    if (!instance.live) return;
    instance.state = 'Running';
    this.#markRunning(task);
  }

  end(task: string, number: number, how: 'good' | 'bad' | 'lost'): void {
    const instance = this.#instance(task, number);
    const { shape } = this.#task(task);
    if (!instance.live) return;
    instance.live = false;
    if (how === 'good') instance.state = 'Finished';
    if (how === 'bad') instance.failures++;
    if (how === 'lost' || (how === 'bad' && instance.failures <= shape.retries)) {
      instance.state = 'Waiting';
      instance.retries++;
    } else if (how === 'bad') {
      instance.state = 'Failed';
      if (this.#failOnInstanceFail) {
        this.#halt('Failed');
        this.#task(task).state = 'Failed';
        return;
      }
    }
    if (instance.state !== 'Waiting') {
      this.#markRunning(task);
      this.#close();
    }
    this.#dispatch();
  }

  /** @returns false when its state forbids it; so do the next three. */
  stop(): boolean {
    if (this.isOver()) return false;
    this.#halt('Stopped');
    return true;
  }

  start(): boolean {
    if (!this.#canStart()) return false;
    this.state = 'Waiting';
    for (const task of this.tasks.values()) {
      if (task.state === 'Finished') continue;
      task.state = 'Waiting';
      for (const instance of task.instances) {
        if (instance.state === 'Finished') continue;
        Object.assign(instance, { state: 'Waiting', retries: 0, failures: 0 });
      }
    }
    this.#dispatch();
    return true;
  }

  changePriority(priority: number): boolean {
    if (!this.#canStart()) return false;
    this.priority = priority;
    return true;
  }

  /** What was killed has ended. */
  reap(): void {
    for (const { instance } of this.#all()) instance.dying = false;
    this.#dispatch();
  }

  #canStart(): boolean {
    return this.state === 'Stopped' || this.state === 'Failed';
  }

  #dispatch(): void {
    if (this.isOver()) return;
    for (const task of this.tasks.values()) {
      if (task.after.some((name) => this.#task(name).state !== 'Finished')) continue;
      for (const instance of task.instances) {
        if (instance.state === 'Waiting' && !instance.dying) instance.live = true;
      }
    }
  }

  #markRunning(name: string): void {
    const task = this.#task(name);
    if (task.state === 'Waiting') task.state = 'Running';
    if (this.state === 'Waiting') this.state = 'Running';
  }

  #close(): void {
    for (const task of this.tasks.values()) {
      const left = task.instances.some(({ state }) => state !== 'Finished' && state !== 'Failed');
      if (!left) task.state = 'Finished';
    }
    if ([...this.tasks.values()].every(({ state }) => state === 'Finished')) this.state = 'Finished';
  }

  #halt(state: 'Stopped' | 'Failed'): void {
    this.state = state;
    for (const task of this.tasks.values()) {
      if (task.state !== 'Finished') task.state = 'Stopped';
      for (const instance of task.instances) {
        if (instance.state === 'Waiting' || instance.state === 'Running') instance.state = 'Stopped';
        instance.dying ||= instance.live;
        instance.live = false;
      }
    }
  }

  #task(name: string): ModelTask {
    const task = this.tasks.get(name);
    if (task === undefined) throw new Error(`the model has no task ${name}`);
    return task;
  }

  #instance(task: string, number: number): ModelInstance {
    const instance = this.#task(task).instances[number];
    if (instance === undefined) throw new Error(`the model has no instance ${task}.${number}`);
    return instance;
  }

  #all(): { name: string; instance: ModelInstance }[] {
    return [...this.tasks].flatMap(([task, { instances }]) =>
      instances.map((instance, number) => ({ name: `${task}.${number}`, instance })),
    );
  }
}

function newTask(shape: TaskShape, after: string[]): ModelTask {
  const instances = Array.from({ length: shape.instances }, (): ModelInstance => {
    return { state: 'Waiting', retries: 0, failures: 0, live: false, dying: false };
  });
  return { shape, after, state: 'Waiting', instances };
}
