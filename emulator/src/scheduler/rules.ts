import type { Store } from '../store/store.ts';

/** What people who run the farm have set: attempts at once under a named limit, and attempts at once of an owner. */
export class Rules {
  readonly #store: Pick<Store, 'listLimits' | 'listQuotas'>;
  #limits: ReadonlyMap<string, number> = new Map();
  #quotas: ReadonlyMap<string, number> = new Map();

  constructor(store: Pick<Store, 'listLimits' | 'listQuotas'>) {
    this.#store = store;
  }

  /** Reads them again: another process may have changed them. */
  refresh(): void {
    this.#limits = this.#store.listLimits();
    const instances = this.#store.listQuotas().filter(({ what }) => what === 'instances');
    this.#quotas = new Map(instances.map(({ owner, amount }) => [owner, amount]));
  }

  /** Undefined: not limited. */
  limit(name: string): number | undefined {
    return this.#limits.get(name);
  }

  /** Undefined: not limited. */
  quota(owner: string): number | undefined {
    return this.#quotas.get(owner) ?? this.#quotas.get('');
  }
}
