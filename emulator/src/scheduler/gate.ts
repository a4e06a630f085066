import type { Flights } from './flights.ts';
import type { JobState, TaskState } from './job-state.ts';
import type { MissingImages } from './missing-images.ts';
import type { Rules } from './rules.ts';

/** Why a task whose turn has come may not have another attempt now, however many slots are free. */
export type Refusal =
  | { kind: 'image'; image: string }
  | { kind: 'limit'; name: string; used: number; amount: number }
  | { kind: 'quota'; used: number; amount: number };

/** What an attempt must pass besides finding a slot: its owner's quota, its named limits, an image that is there. */
export class Gate {
  readonly #rules: Rules;
  readonly #flights: Flights;
  readonly #images: MissingImages;

  constructor(parts: { rules: Rules; flights: Flights; images: MissingImages }) {
    this.#rules = parts.rules;
    this.#flights = parts.flights;
    this.#images = parts.images;
  }

  /** Attempts that an owner has on the way. */
  load(owner: string): number {
    return this.#flights.load(owner);
  }

  /** The first thing that is in the way; undefined when nothing is. */
  refusal(job: JobState, task: TaskState): Refusal | undefined {
    const amount = this.#rules.quota(job.owner);
    const used = this.#flights.load(job.owner);
    if (amount !== undefined && used >= amount) return { kind: 'quota', used, amount };
    for (const name of task.limits) {
      const limit = this.#rules.limit(name);
      const taken = this.#flights.uses(name);
      if (limit !== undefined && taken >= limit) return { kind: 'limit', name, used: taken, amount: limit };
    }
    const image = this.#images.of(task.rowId);
    return image === undefined ? undefined : { kind: 'image', image };
  }
}

/** For people: "limit maya: 2 of 2 in use". */
export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'image':
      return `image missing: ${refusal.image} is not on this host; ${remedy(refusal.image)}`;
    case 'limit':
      return `limit ${refusal.name}: ${refusal.used} of ${refusal.amount} in use`;
    case 'quota':
    default:
      return `quota of running instances: ${refusal.used} of ${refusal.amount} in use`;
  }
}

const remedy = (image: string): string =>
  image.startsWith('rebatch/')
    ? '"make images" builds it'
    : `"docker pull ${image}" or "docker load" brings it`;
