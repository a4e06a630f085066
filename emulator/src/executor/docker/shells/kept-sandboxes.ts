import type { Clock, Timer } from '@rebatch/model';
import {
  type AttemptSpec,
  forgetAttempt,
  keepAttempt,
  type KeptAttempt,
  keptAttempts,
} from '@rebatch/worker';
import type { AttemptDeps } from '@rebatch/worker';
import type { KeptSandbox } from '../../shells.ts';

/** How many failed attempts are kept, and for how long. */
export interface KeepOptions {
  count: number;
  /** Milliseconds. */
  forMs: number;
}

/**
 * Failed attempts whose tasks asked for it (ReserveOnFail): their sandboxes have ended and so take no slot, only disk. Of an
 * instance the last is kept; the oldest of all goes when there are too many.
 */
export class KeptSandboxes {
  readonly #clock: Clock;
  readonly #deps: AttemptDeps;
  readonly #options: KeepOptions;
  readonly #kept = new Map<string, KeptAttempt>();
  readonly #failed: (error: unknown) => void;
  #timer: Timer | undefined;
  #closed = false;

  constructor(deps: AttemptDeps, options: KeepOptions, failed: (error: unknown) => void) {
    this.#clock = deps.clock;
    this.#deps = deps;
    this.#options = options;
    this.#failed = failed;
  }

  /** Finds what an earlier process kept. */
  async open(): Promise<void> {
    const found = await keptAttempts(this.#deps.attemptsFolder);
    for (const kept of found.toSorted((left, right) => left.since - right.since)) {
      this.#kept.set(kept.spec.id, kept);
      // A server that was killed may have left it running for somebody who is gone.
      this.#deps.sandboxes.kill(kept.spec.id).catch(this.#failed);
    }
    this.#removeLater(0);
  }

  has(attemptId: string): boolean {
    return this.#kept.has(attemptId);
  }

  get(attemptId: string): KeptAttempt | undefined {
    return this.#kept.get(attemptId);
  }

  list(): KeptSandbox[] {
    return Array.from(this.#kept.values(), ({ spec, outcome, since }) => ({
      attemptId: spec.id,
      owner: spec.owner,
      jobId: spec.jobId,
      taskName: spec.taskName,
      instanceId: spec.instanceId,
      outcome,
      since,
      until: since + this.#options.forMs,
    }));
  }

  /** True when the attempt is kept and so must not be forgotten. */
  async keep(spec: AttemptSpec): Promise<boolean> {
    if (this.#kept.has(spec.id)) return true;
    if (this.#options.count === 0) return false;
    const kept = await keepAttempt(spec, this.#deps, this.#clock.now());
    if (kept === undefined) return false;
    const earlier = [...this.#kept.values()].filter((one) => isSameInstance(one.spec, spec));
    this.#kept.set(spec.id, kept);
    const over = [...this.#kept.values()].slice(0, Math.max(0, this.#kept.size - this.#options.count));
    for (const one of new Set([...earlier, ...over])) await this.release(one.spec.id);
    this.#removeLater(this.#options.forMs);
    return true;
  }

  /** Does nothing when it is not kept. */
  async release(attemptId: string): Promise<void> {
    const kept = this.#kept.get(attemptId);
    if (kept === undefined) return;
    await forgetAttempt(attemptId, this.#deps);
    this.#kept.delete(attemptId);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #removeLater(ms: number): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = this.#clock.after(ms, () => {
      this.#timer = undefined;
      this.#removeOld().catch(this.#failed);
    });
  }

  async #removeOld(): Promise<void> {
    const now = this.#clock.now();
    try {
      for (const { attemptId, until } of this.list()) if (until <= now) await this.release(attemptId);
    } finally {
      const next = Math.min(...this.list().map(({ until }) => until));
      if (next !== Number.POSITIVE_INFINITY) this.#removeLater(Math.max(RETRY_MS, next - now));
    }
  }
}

/** What could not be removed is tried again. */
const RETRY_MS = 60_000;

function isSameInstance(left: AttemptSpec, right: AttemptSpec): boolean {
  return (
    left.jobId === right.jobId && left.taskName === right.taskName && left.instanceId === right.instanceId
  );
}
