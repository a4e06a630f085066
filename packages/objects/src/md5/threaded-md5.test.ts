import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternBytes } from '../contract/bytes.ts';
import { threadedMd5 } from './threaded-md5.ts';

function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

async function threadedMd5Of(bytes: Uint8Array, ...cuts: number[]): Promise<string> {
  const memory = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(memory).set(bytes);
  const md5 = threadedMd5(memory);
  const ends = [...cuts, bytes.byteLength].toSorted((a, b) => a - b);
  await Promise.all(ends.map((end, index) => md5.update(ends[index - 1] ?? 0, end - (ends[index - 1] ?? 0))));
  return (await md5.digest()).toString('hex');
}

test('the MD5 of another thread is that of the bytes, however they are cut', async () => {
  const bytes = patternBytes(5000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.byteLength)), async (cuts) => {
      expect(await threadedMd5Of(bytes, ...cuts)).toBe(md5Of(bytes));
    }),
    { numRuns: 50 },
  );
});

test('bodies under way at the same time do not mix, and one that is given up does not hold up the others', async () => {
  const given = threadedMd5(new SharedArrayBuffer(100));
  await given.update(0, 100);
  const bodies = Array.from({ length: 20 }, (_, seed) => patternBytes(10_000, seed));
  const digests = Promise.all(bodies.map((bytes) => threadedMd5Of(bytes, 3000, 6000)));
  given.discard();
  expect(await digests).toEqual(bodies.map(md5Of));
});
