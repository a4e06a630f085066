import type { OssClient } from '@rebatch/client';

/** What one request may delete (spec/oss.md §1.7). */
const BATCH = 1000;

/** Deletes every object below a prefix, in batches. @returns how many those were */
export async function removeBelow(
  oss: OssClient,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
  wanted: (key: string) => boolean = () => true,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    if (batch.length > 0) await oss.deleteMany(bucket, batch);
    removed += batch.length;
    batch = [];
  };
  for await (const entry of oss.list(bucket, { prefix })) {
    if (entry.kind !== 'object' || !wanted(entry.key.slice(prefix.length))) continue;
    batch.push(entry.key);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return removed;
}
