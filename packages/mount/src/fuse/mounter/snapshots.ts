import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import type { MountSpec } from '../../mounter.ts';
import { writeSnapshotFile } from '../../snapshot/snapshot-file.ts';
import { referencesFolder, snapshotFile, snapshotsFolder } from '../../snapshot/snapshot-folder.ts';
import { listObjects } from '../../tree/list-objects.ts';

/** Unchanged snapshots without a mount that are kept for the next attempt, with what the kernel cached of them. */
const MOST_UNUSED = 16;

type Source = Pick<MountSpec, 'bucket' | 'key' | 'kind' | 'charset'>;

interface Current {
  number: Promise<number>;
  /** Stops following the prefix. */
  unwatch: () => void;
}

/**
 * The snapshots of a data folder. A prefix is listed when it is mounted first, then again only after something below it
 * changed, so that the instances of a job share one snapshot. Numbers are never given twice: the kernel may still have
 * content of the old one.
 */
export class Snapshots {
  readonly #objects: ObjectStore;
  readonly #clock: Clock;
  readonly #state: string;
  /** By source, those that show what the store has now; the longest unused first. */
  readonly #current = new Map<string, Current>();
  /** Mounts by snapshot number. */
  readonly #references = new Map<number, Set<string>>();
  #last = 0;

  private constructor(objects: ObjectStore, clock: Clock, state: string) {
    this.#objects = objects;
    this.#clock = clock;
    this.#state = state;
  }

  /** Reads what earlier servers left; snapshots without a mount are removed. */
  static async open(objects: ObjectStore, clock: Clock, state: string): Promise<Snapshots> {
    const snapshots = new Snapshots(objects, clock, state);
    await mkdir(snapshotsFolder(state), { recursive: true, mode: 0o700 });
    snapshots.#last = Number(await readFile(snapshots.#lastFile(), 'utf8').catch(() => '0'));
    for (const name of await readdir(snapshotsFolder(state))) {
      const number = Number(name);
      const names = await readdir(referencesFolder(state, number)).catch(() => []);
      snapshots.#references.set(number, new Set(names));
      await snapshots.#removeUnused(number);
    }
    return snapshots;
  }

  /** True while some mount shows a snapshot. */
  get isUsed(): boolean {
    return [...this.#references.values()].some((names) => names.size > 0);
  }

  /** Mount points' names and targets of all mounts, of this server and earlier ones. */
  async mounts(): Promise<{ name: string; target: string }[]> {
    const found: { name: string; target: string }[] = [];
    for (const [number, names] of this.#references) {
      for (const name of names) {
        const target = await readFile(join(referencesFolder(this.#state, number), name), 'utf8');
        found.push({ name, target });
      }
    }
    return found;
  }

  /**
   * A snapshot that shows what `source` has now, used by the mount `name` until `release`.
   * @throws ObjectStoreError
   */
  async acquire(source: Source, name: string, target: string): Promise<number> {
    const number = await this.#numberOf(source);
    const references = this.#references.get(number) ?? new Set();
    this.#references.set(number, references.add(name));
    await writeFile(join(referencesFolder(this.#state, number), name), target, { mode: 0o600 });
    return number;
  }

  /** The mount `name` is gone. Can be repeated. */
  async release(name: string): Promise<void> {
    for (const [number, names] of this.#references) {
      if (!names.has(name)) continue;
      await rm(join(referencesFolder(this.#state, number), name), { force: true });
      names.delete(name);
      if (!(await this.#isCurrent(number))) await this.#removeUnused(number);
    }
    await this.#limitUnused();
  }

  close(): void {
    for (const { unwatch } of this.#current.values()) unwatch();
    this.#current.clear();
  }

  #numberOf(source: Source): Promise<number> {
    const name = JSON.stringify([source.kind, source.bucket, source.key, source.charset]);
    const known = this.#current.get(name);
    if (known !== undefined) {
      this.#current.delete(name);
      this.#current.set(name, known);
      return known.number;
    }
    const drop = (): void => {
      if (this.#current.get(name) !== current) return;
      this.#current.delete(name);
      current.unwatch();
      current.number.then((number) => this.#removeUnused(number)).catch(() => undefined);
    };
    // Followed before it is listed, so that no change falls between.
    const unwatch = this.#objects.watch(source.bucket, source.key, drop);
    const current: Current = { number: this.#make(source), unwatch };
    this.#current.set(name, current);
    current.number.catch(drop);
    return current.number;
  }

  async #make({ bucket, key, kind, charset = 'utf-8' }: Source): Promise<number> {
    const found =
      kind === 'file'
        ? [await this.#objects.head(bucket, key)]
        : await listObjects(this.#objects, bucket, key);
    const objects = found.map(({ key: name, size, etag, lastModified }) => ({
      key: name,
      size,
      etag,
      lastModified,
    }));
    this.#last += 1;
    const number = this.#last;
    const file = snapshotFile(this.#state, number);
    await writeFile(this.#lastFile(), String(number));
    await mkdir(referencesFolder(this.#state, number), { recursive: true });
    await writeSnapshotFile(file, {
      bucket,
      prefix: key,
      kind,
      charset,
      madeAt: this.#clock.now(),
      objects,
    });
    return number;
  }

  async #isCurrent(number: number): Promise<boolean> {
    for (const current of this.#current.values()) {
      if ((await current.number.catch(() => 0)) === number) return true;
    }
    return false;
  }

  async #limitUnused(): Promise<void> {
    const unused: [string, Current, number][] = [];
    for (const [name, current] of this.#current) {
      const number = await current.number.catch(() => 0);
      if ((this.#references.get(number)?.size ?? 0) === 0) unused.push([name, current, number]);
    }
    for (const [name, current, number] of unused.slice(0, Math.max(0, unused.length - MOST_UNUSED))) {
      this.#current.delete(name);
      current.unwatch();
      await this.#removeUnused(number);
    }
  }

  async #removeUnused(number: number): Promise<void> {
    if ((this.#references.get(number)?.size ?? 0) > 0) return;
    this.#references.delete(number);
    await rm(dirname(snapshotFile(this.#state, number)), { recursive: true, force: true });
  }

  #lastFile(): string {
    return join(this.#state, 'last-snapshot');
  }
}
