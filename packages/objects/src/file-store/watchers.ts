import type { ObjectChange } from '../types.ts';

type Listener = (change: ObjectChange) => void;

/** Who wants to hear of changes below which prefix. */
export class Watchers {
  readonly #byBucket = new Map<string, Set<{ prefix: string; listener: Listener }>>();

  add(bucket: string, prefix: string, listener: Listener): () => void {
    const watchers = this.#byBucket.get(bucket) ?? new Set();
    this.#byBucket.set(bucket, watchers);
    const watcher = { prefix, listener };
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#byBucket.get(bucket) === watchers) {
        this.#byBucket.delete(bucket);
      }
    };
  }

  /** Tells of a change that is on the disk. A listener that throws does not undo it: the error surfaces by itself. */
  notify(change: ObjectChange): void {
    const { bucket, key } = change.kind === 'delete' ? change : change.info;
    for (const { prefix, listener } of this.#byBucket.get(bucket) ?? []) {
      if (key.startsWith(prefix)) {
        queueMicrotask(() => listener(change));
      }
    }
  }
}
