import { type Clock, WireError } from '@rebatch/model';

/** What one turn gathers while its transaction is open. */
export interface Turn {
  /** Done once the transaction is durable, in order. Must not throw. */
  after(effect: () => void): void;
  /** Done, last first, when the transaction could not be written. */
  undo(step: () => void): void;
}

export interface TurnOptions {
  clock: Clock;
  /** One durable transaction around `body`. */
  transaction(body: () => void): void;
  /** At the end of every turn, in its transaction. */
  finish(turn: Turn): void;
  /** The transaction could not be written: memory must be read again from the store. */
  recover(): void;
  /** Told why a turn was not stored. */
  failed: (error: unknown) => void;
  /** True when it made room for what could not be stored: then it is tried again at once. */
  makeRoom?: ((error: unknown) => boolean) | undefined;
  defer: (turn: () => void) => void;
}

interface Step {
  run(turn: Turn): void;
  /** Undefined for what has happened already: it cannot be refused and is tried until it is stored. */
  settle?: { resolve(): void; reject(error: unknown): void };
}

/** Milliseconds between two tries to write what cannot be refused. */
const RETRY_MS = 1000;

/**
 * Steps one after the other, those that come close together in one transaction: on a slow disk, a turn's fsync is shared
 * by all that came during the last one.
 */
export class Turns {
  readonly #options: TurnOptions;
  #steps: Step[] = [];
  #scheduled = false;
  #broken = false;
  #closed = false;
  #failure: string | undefined;
  #waiters: (() => void)[] = [];

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  /** Why nothing can be stored at the moment; undefined when all is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Takes note of something that happened. */
  happened(run: (turn: Turn) => void): void {
    if (this.#closed) return;
    this.#steps.push({ run });
    this.wake();
  }

  /** Does what somebody asked for; resolves when it is durable, rejects when refused or when it cannot be stored. */
  ask<T>(run: (turn: Turn) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error('The scheduler is closed.'));
        return;
      }
      let result: T;
      this.#steps.push({
        run(turn) {
          result = run(turn);
        },
        settle: { resolve: () => resolve(result), reject },
      });
      this.wake();
    });
  }

  /** Makes a turn come soon, even with no step. */
  wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.defer(() => {
      this.#scheduled = false;
      this.runNow();
    });
  }

  /** Resolves when no step is left and no turn is due. */
  settled(): Promise<void> {
    if (!this.#scheduled && this.#steps.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Does what is left, and nothing ever after. */
  close(): void {
    this.runNow();
    this.#closed = true;
    const error = new Error('The scheduler is closed.');
    for (const step of this.#steps) step.settle?.reject(error);
    this.#steps = [];
    this.#scheduled = false;
    this.#release();
  }

  runNow(): void {
    if (this.#closed) {
      this.#release();
      return;
    }
    const steps = this.#steps;
    this.#steps = [];
    const effects: (() => void)[] = [];
    const undo: (() => void)[] = [];
    const turn: Turn = {
      after: (effect) => effects.push(effect),
      undo: (step) => undo.push(step),
    };
    const refused = new Map<Step, WireError>();
    try {
      if (this.#broken) this.#options.recover();
      this.#broken = false;
      this.#options.transaction(() => {
        for (const step of steps) {
          try {
            step.run(turn);
          } catch (error) {
            // A refusal comes before anything is changed, so the other steps of the turn stand.
            if (!(error instanceof WireError) || step.settle === undefined) throw error;
            refused.set(step, error);
          }
        }
        this.#options.finish(turn);
      });
    } catch (error) {
      this.#fail(steps, undo, error);
      return;
    }
    this.#failure = undefined;
    for (const effect of effects) effect();
    for (const step of steps) {
      const error = refused.get(step);
      if (error === undefined) step.settle?.resolve();
      else step.settle?.reject(error);
    }
    this.#release();
  }

  #fail(steps: readonly Step[], undo: readonly (() => void)[], error: unknown): void {
    this.#broken = true;
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#options.failed(error);
    for (const step of undo.toReversed()) step();
    if (this.#options.makeRoom?.(error) === true) {
      this.#steps = [...steps, ...this.#steps];
      this.runNow();
      return;
    }
    const kept = steps.filter((step) => step.settle === undefined);
    this.#steps = [...kept, ...this.#steps];
    for (const step of steps) step.settle?.reject(error);
    this.#options.clock.after(RETRY_MS, () => this.wake());
    this.#release();
  }

  #release(): void {
    if (this.#scheduled) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const done of waiters) done();
  }
}
