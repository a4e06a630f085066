import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { patternBytes } from '../contract/bytes.ts';
import type { BlobWriter } from './blobs.ts';
import { LargeBody } from './large-body.ts';

/** A blob in memory that, like a disk, fails when it is full. */
function memoryBlob(room = Number.POSITIVE_INFINITY): BlobWriter & { bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    async append(more) {
      size += more.reduce((sum, chunk) => sum + chunk.byteLength, 0);
      if (size > room) throw new Error('no room');
      chunks.push(...more.map((chunk) => Buffer.from(chunk)));
    },
    finish: async () => undefined,
    discard: async () => undefined,
    bytes: () => Buffer.concat(chunks),
  };
}

test('large bodies that come at the same time reach their blobs whole, whatever the sizes of their chunks', async () => {
  const bodies = [3_000_000, 1, 262_144, 1_048_577, 0].map(patternBytes);
  await Promise.all(
    bodies.map(async (bytes, index) => {
      const blob = memoryBlob();
      const body = new LargeBody(blob);
      const step = 50_000 + index * 100_003;
      for (let at = 0; at < bytes.byteLength; at += step) {
        const chunk = Buffer.from(bytes.subarray(at, at + step));
        await body.write(chunk);
        // Whoever sent it may use it again.
        chunk.fill(0);
      }
      expect(await body.finish()).toEqual(createHash('md5').update(bytes).digest());
      expect(blob.bytes().equals(bytes)).toBe(true);
    }),
  );
});

test('a disk that fails is heard of while the body comes, and its memory serves the next', async () => {
  const body = new LargeBody(memoryBlob(1_000_000));
  const write = async (): Promise<void> => {
    for (let n = 0; n < 20; n++) await body.write(patternBytes(300_000));
    await body.finish();
  };
  await expect(write()).rejects.toThrow('no room');
  await body.discard();
  await body.discard();

  const blobs = [memoryBlob(), memoryBlob()];
  const bytes = [patternBytes(2_000_000, 1), patternBytes(2_000_000, 2)];
  const next = blobs.map((blob) => new LargeBody(blob));
  await Promise.all(next.map((one, n) => one.write(bytes[n]!)));
  await Promise.all(next.map((one) => one.finish()));
  expect(blobs.map((blob, n) => blob.bytes().equals(bytes[n]!))).toEqual([true, true]);
});
