import { startCrc64 } from './crc64/crc64.ts';
import type { ObjectStore } from './object-store.ts';
import type { ObjectInfo, VersionPage } from './types.ts';

export interface Damage {
  bucket: string;
  key: string;
  versionId: string;
  /** One sentence. */
  problem: string;
}

export interface StoreReport {
  objects: number;
  bytes: number;
  damaged: Damage[];
}

/**
 * Reads every byte of a store and compares each version of each object with its length and CRC-64. Nothing is changed. `onObject` hears
 * of each object when it has been read; `signal` breaks off between two objects.
 */
export async function verifyStore(
  store: ObjectStore,
  options: { onObject?: (info: ObjectInfo) => void; signal?: AbortSignal } = {},
): Promise<StoreReport> {
  const report: StoreReport = { objects: 0, bytes: 0, damaged: [] };
  for (const { name: bucket } of await store.listBuckets()) {
    for await (const info of eachObject(store, bucket)) {
      options.signal?.throwIfAborted();
      const problem = await problemOf(store, info);
      report.objects += 1;
      report.bytes += info.size;
      if (problem !== undefined) {
        report.damaged.push({ bucket, key: info.key, versionId: info.versionId, problem });
      }
      options.onObject?.(info);
    }
  }
  return report;
}

async function* eachObject(store: ObjectStore, bucket: string): AsyncGenerator<ObjectInfo> {
  for (let after: VersionPage['next']; ; ) {
    const page = await store.listVersions(bucket, after === undefined ? {} : { after });
    yield* page.versions.flatMap(({ object }) => (object === undefined ? [] : [object]));
    if (page.next === undefined) return;
    after = page.next;
  }
}

async function problemOf(
  store: ObjectStore,
  { bucket, key, versionId, size, crc64 }: ObjectInfo,
): Promise<string | undefined> {
  const crc = await startCrc64();
  try {
    let read = 0;
    for await (const chunk of (await store.get(bucket, key, undefined, versionId)).body) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a body gives bytes');
      crc.update(chunk);
      read += chunk.byteLength;
    }
    if (read !== size) return `${read} bytes instead of ${size}`;
    const found = crc.digest().toString();
    return found === crc64 ? undefined : `CRC-64 ${found} instead of ${crc64}`;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    crc.release();
  }
}
