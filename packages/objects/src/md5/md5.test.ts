import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localMd5, type Md5 } from './md5.ts';
import { threadedMd5 } from './threaded-md5.ts';

describe.each([
  { name: 'on this thread', begin: localMd5 },
  { name: 'on a thread of its own', begin: threadedMd5 },
])('MD5 $name', ({ begin }) => {
  test('is that of the bytes, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.uint8Array({ maxLength: 500 }))), async (batches) => {
        expect(await digestOf(begin(), batches)).toBe(expected(batches));
      }),
      { numRuns: 50 },
    );
  });

  test('of bodies under way at the same time do not mix', async () => {
    const bodies = Array.from({ length: 20 }, (_, n) =>
      Array.from({ length: 10 }, () => [Buffer.alloc(10_000, n)]),
    );
    const digests = await Promise.all(bodies.map((batches) => digestOf(begin(), batches)));
    expect(digests).toEqual(bodies.map(expected));
  });

  test('leaves the given bytes to their owner, who may change them', async () => {
    const md5 = begin();
    const bytes = Buffer.from('before');
    await md5.update([bytes]);
    bytes.fill('x');
    expect((await md5.digest()).toString('hex')).toBe(createHash('md5').update('before').digest('hex'));
  });

  test('of a body that is given up does not hold up the next', async () => {
    const given = begin();
    await given.update([Buffer.from('never finished')]);
    given.discard();
    expect(await digestOf(begin(), [[Buffer.from('next')]])).toBe(expected([[Buffer.from('next')]]));
  });
});

async function digestOf(md5: Md5, batches: readonly Uint8Array[][]): Promise<string> {
  for (const batch of batches) await md5.update(batch);
  return (await md5.digest()).toString('hex');
}

function expected(batches: readonly Uint8Array[][]): string {
  const hash = createHash('md5');
  for (const chunk of batches.flat()) hash.update(chunk);
  return hash.digest('hex');
}
