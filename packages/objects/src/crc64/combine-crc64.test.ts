import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineCrc64 } from './combine-crc64.ts';
import { startCrc64 } from './crc64.ts';

async function crcOf(...chunks: Uint8Array[]): Promise<bigint> {
  const crc = await startCrc64();
  for (const chunk of chunks) {
    crc.update(chunk);
  }
  return crc.digest();
}

describe('CRC-64', () => {
  test('gives the published check value of CRC-64/XZ, and 0 for nothing', async () => {
    expect(await crcOf(Buffer.from('123456789'))).toBe(0x995dc9bbdf1939fan);
    expect(await crcOf()).toBe(0n);
  });

  test('of two pieces can be had from that of each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2000 }),
        fc.uint8Array({ maxLength: 2000 }),
        async (first, second) => {
          const combined = combineCrc64(await crcOf(first), await crcOf(second), second.byteLength);
          expect(combined).toBe(await crcOf(first, second));
        },
      ),
    );
  });

  test('of pieces longer than memory does not depend on how they are grouped', () => {
    const far = 5 * 1024 ** 3 + 7;
    const [first, second, third] = [123n, 2n ** 63n + 5n, 77n];
    expect(combineCrc64(combineCrc64(first, second, far), third, 1000)).toBe(
      combineCrc64(first, combineCrc64(second, third, 1000), far + 1000),
    );
  });

  test('of bodies that arrive at the same time do not mix', async () => {
    const [a, b] = [await startCrc64(), await startCrc64()];
    a.update(Buffer.from('1234'));
    b.update(Buffer.from('abc'));
    a.update(Buffer.from('56789'));
    b.update(Buffer.from('def'));
    expect(a.digest()).toBe(0x995dc9bbdf1939fan);
    expect(b.digest()).toBe(await crcOf(Buffer.from('abcdef')));
  });
});
