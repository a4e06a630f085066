import type { ObjectState } from './object-state.ts';

interface Write {
  state: ObjectState;
  began: number;
  /** Undefined while nobody was told that it succeeded. */
  acknowledged: number | undefined;
}

const NOTHING: Write = { state: { kind: 'absent' }, began: 0, acknowledged: 0 };

/**
 * What may be found at each key after a kill: any write that nobody was told of, and any that was acknowledged unless
 * another, acknowledged too, began after that. So an acknowledged write cannot go, and writers of one key may race.
 */
export class Ledger {
  readonly #writes = new Map<string, Write[]>();
  #time = 0;

  /** Notes a write before it is sent; call what it returns when it has been acknowledged. */
  begin(key: string, state: ObjectState): () => void {
    this.#time += 1;
    const write: Write = { state, began: this.#time, acknowledged: undefined };
    this.#writes.set(key, [...this.#of(key), write]);
    return () => {
      this.#time += 1;
      write.acknowledged = this.#time;
      const isOver = ({ acknowledged }: Write): boolean =>
        acknowledged !== undefined && acknowledged < write.began;
      this.#writes.set(
        key,
        this.#of(key).filter((other) => !isOver(other)),
      );
    };
  }

  keys(): string[] {
    return [...this.#writes.keys()];
  }

  /** The states of which one must be there. */
  possible(key: string): ObjectState[] {
    return this.#of(key).map(({ state }) => state);
  }

  /** What is there now, by who looked: from here on it counts as acknowledged. */
  settle(key: string, state: ObjectState): void {
    this.#writes.set(key, [{ state, began: this.#time, acknowledged: this.#time }]);
  }

  #of(key: string): Write[] {
    return this.#writes.get(key) ?? [NOTHING];
  }
}
