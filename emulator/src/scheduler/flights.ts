/** An attempt that the executor has: from its dispatch until its end was taken note of. */
export interface Flight {
  /** Id of the attempt. */
  id: string;
  jobId: string;
  task: string;
  number: number;
  attempt: number;
  /** "" when the job is not known any more. */
  owner: string;
  /** Names of the limits that it counts against. */
  limits: readonly string[];
  /** Container image that it runs in; "" when that is not known any more. */
  image: string;
  /** Cluster whose machine it has; "" when it takes one of the server's slots. */
  clusterId: string;
  /** When it was dispatched, milliseconds since the epoch. */
  since: number;
  /** What takes long before its program starts, as a clause for people. */
  preparing?: string;
}

/** All attempts that the executor has, whatever became of their jobs: each takes a slot or a machine, and blocks its instance. */
export class Flights {
  readonly #flights = new Map<string, Flight>();
  readonly #owners = new Map<string, number>();
  readonly #slots = new Map<string, number>();
  readonly #instances = new Map<string, number>();
  readonly #limits = new Map<string, number>();

  get size(): number {
    return this.#flights.size;
  }

  get(id: string): Flight | undefined {
    return this.#flights.get(id);
  }

  add(flight: Flight): void {
    this.#flights.set(flight.id, flight);
    count(this.#owners, flight.owner, 1);
    if (flight.clusterId === '') count(this.#slots, flight.owner, 1);
    count(this.#instances, keyOf(flight), 1);
    for (const name of flight.limits) count(this.#limits, name, 1);
  }

  remove(id: string): Flight | undefined {
    const flight = this.#flights.get(id);
    if (flight === undefined) return undefined;
    this.#flights.delete(id);
    count(this.#owners, flight.owner, -1);
    if (flight.clusterId === '') count(this.#slots, flight.owner, -1);
    count(this.#instances, keyOf(flight), -1);
    for (const name of flight.limits) count(this.#limits, name, -1);
    return flight;
  }

  /** Attempts of an owner. */
  load(owner: string): number {
    return this.#owners.get(owner) ?? 0;
  }

  /** Slots of the server that are taken. */
  get slots(): number {
    let sum = 0;
    for (const n of this.#slots.values()) sum += n;
    return sum;
  }

  /** Slots of the server that an owner has. */
  slotsOf(owner: string): number {
    return this.#slots.get(owner) ?? 0;
  }

  /** Attempts under a named limit. */
  uses(limit: string): number {
    return this.#limits.get(limit) ?? 0;
  }

  /** True while an attempt of the instance, however old, may still run. */
  blocks(instance: { jobId: string; task: string; number: number }): boolean {
    return this.#instances.has(keyOf(instance));
  }
}

const keyOf = ({ jobId, task, number }: { jobId: string; task: string; number: number }): string =>
  `${jobId}.${task}.${number}`;

function count(counts: Map<string, number>, key: string, by: number): void {
  const left = (counts.get(key) ?? 0) + by;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
