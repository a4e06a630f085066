import type { AttemptOutcome, AttemptSpec } from '@rebatch/worker';
import type { Executor, ExecutorHealth, ExecutorListeners } from '../../executor/executor.ts';

interface Sandbox {
  id: string;
  started: boolean;
  killed: boolean;
  outcome?: AttemptOutcome;
  /** Told to the server of this life. */
  watched: boolean;
}

/**
 * Sandboxes that outlive the server, as containers do. The test says when a program starts and how it ends; every life of
 * the server gets an executor of its own over the same sandboxes.
 */
export class World {
  readonly sandboxes = new Map<string, Sandbox>();
  /** Ids of the attempts whose program was begun and did not vanish, in order: each must be here once. */
  begun: string[] = [];
  readonly specs = new Map<string, AttemptSpec>();
  health: ExecutorHealth = { available: true };
  /** The server dies before it can ask for anything more. */
  deaf = false;
  #listeners: ExecutorListeners | undefined;

  executor(slots: number): Executor {
    this.deaf = false;
    for (const sandbox of this.sandboxes.values()) sandbox.watched = false;
    return {
      capabilities: { slots, gpu: false, windows: false },
      open: async (listeners) => {
        this.#listeners = listeners;
      },
      health: () => this.health,
      list: async () => [...this.sandboxes.keys()],
      start: (spec) => this.#start(spec),
      stop: (id) => this.#stop(id),
      forget: (id) => {
        if (!this.deaf) this.sandboxes.delete(id);
      },
      hasImage: async () => true,
      close: async () => {
        this.#listeners = undefined;
      },
    };
  }

  /** Attempts whose program runs. */
  running(): string[] {
    return [...this.sandboxes.values()].filter(({ outcome }) => outcome === undefined).map(({ id }) => id);
  }

  prepares(id: string, what: string): void {
    this.#listeners?.event({ type: 'preparing', attemptId: id, what });
  }

  started(id: string, at = 0): void {
    const sandbox = this.sandboxes.get(id);
    if (sandbox === undefined) return;
    sandbox.started = true;
    if (sandbox.watched) this.#listeners?.event({ type: 'started', attemptId: id, at, nodeIp: '10.0.0.1' });
  }

  ended(id: string, outcome: AttemptOutcome): void {
    const sandbox = this.sandboxes.get(id);
    if (sandbox === undefined || sandbox.outcome !== undefined) return;
    sandbox.outcome = sandbox.killed ? { kind: 'stopped' } : outcome;
    this.#report(sandbox);
  }

  /** The machine restarts: every sandbox is gone, nobody says a word. */
  vanish(): void {
    this.begun = this.begun.filter((id) => !this.sandboxes.has(id));
    this.sandboxes.clear();
  }

  setHealth(health: ExecutorHealth): void {
    this.health = health;
    this.#listeners?.healthChanged(health);
  }

  #start(spec: AttemptSpec): void {
    if (this.deaf) return;
    this.specs.set(spec.id, spec);
    let sandbox = this.sandboxes.get(spec.id);
    if (sandbox === undefined) {
      this.begun.push(spec.id);
      sandbox = { id: spec.id, started: false, killed: false, watched: true };
      this.sandboxes.set(spec.id, sandbox);
    }
    sandbox.watched = true;
    if (sandbox.started) this.started(spec.id);
    this.#report(sandbox);
  }

  #stop(id: string): void {
    const sandbox = this.sandboxes.get(id);
    if (this.deaf || sandbox === undefined) return;
    sandbox.killed = true;
    sandbox.watched = true;
    this.#report(sandbox);
  }

  #report({ id, outcome, watched }: Sandbox): void {
    if (outcome === undefined || !watched || this.deaf) return;
    this.#listeners?.event({ type: 'ended', attemptId: id, at: 0, outcome });
  }
}
