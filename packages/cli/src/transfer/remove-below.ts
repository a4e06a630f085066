import type { Doomed, OssClient } from '@rebatch/client';
import type { OssUrl } from '@rebatch/model';

/** What one request may delete (spec/oss.md §1.7). */
const BATCH = 1000;

export interface RemoveOptions {
  signal: AbortSignal;
  /** Given what would be deleted, instead of deleting it. */
  onlyTell?: ((doomed: Doomed) => Promise<void>) | undefined;
}

export interface RemoveBelowOptions extends RemoveOptions {
  /** Told the name below the prefix; by default everything goes. */
  wanted?: (name: string) => boolean;
  /** Old versions and delete markers go, too, and for good. */
  allVersions?: boolean;
}

/** Deletes every object below a prefix, in batches. @returns how many objects (or versions) those were */
export async function removeBelow(
  oss: OssClient,
  bucket: string,
  prefix: string,
  { wanted = () => true, allVersions = false, ...options }: RemoveBelowOptions,
): Promise<number> {
  const entries = allVersions ? versionsBelow(oss, bucket, prefix) : objectsBelow(oss, bucket, prefix);
  return removeAll(oss, bucket, wantedOf(entries, prefix, wanted), options);
}

/** Deletes every version and delete marker of one object, for good. @returns how many those were */
export async function removeVersions(
  oss: OssClient,
  { bucket, key }: OssUrl,
  options: RemoveOptions,
): Promise<number> {
  return removeAll(oss, bucket, versionsOf(oss, { bucket, key }), options);
}

async function removeAll(
  oss: OssClient,
  bucket: string,
  entries: AsyncIterable<Doomed>,
  { signal, onlyTell }: RemoveOptions,
): Promise<number> {
  let removed = 0;
  let batch: Doomed[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    if (batch.length > 0) await oss.deleteMany(bucket, batch);
    removed += batch.length;
    batch = [];
  };
  for await (const doomed of entries) {
    if (onlyTell !== undefined) {
      await onlyTell(doomed);
      removed += 1;
      continue;
    }
    batch.push(doomed);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return removed;
}

async function* wantedOf(
  entries: AsyncIterable<Doomed>,
  prefix: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<Doomed> {
  for await (const doomed of entries) {
    if (wanted(doomed.key.slice(prefix.length))) yield doomed;
  }
}

async function* objectsBelow(oss: OssClient, bucket: string, prefix: string): AsyncGenerator<Doomed> {
  for await (const entry of oss.list(bucket, { prefix })) {
    if (entry.kind === 'object') yield { key: entry.key };
  }
}

async function* versionsBelow(oss: OssClient, bucket: string, prefix: string): AsyncGenerator<Doomed> {
  for await (const entry of oss.listVersions(bucket, { prefix })) {
    if (entry.kind !== 'prefix') yield { key: entry.key, versionId: entry.versionId };
  }
}

async function* versionsOf(oss: OssClient, { bucket, key }: OssUrl): AsyncGenerator<Doomed> {
  for await (const version of versionsBelow(oss, bucket, key)) {
    // Behind it come the longer names that it is the beginning of.
    if (version.key !== key) return;
    yield version;
  }
}
