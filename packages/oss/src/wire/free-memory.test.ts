import { expect, test } from 'vitest';
import { freeMemory } from './free-memory.ts';

test('memory of bytes that have it to themselves is given back', () => {
  const bytes = new Uint8Array(64 * 1024);
  freeMemory(bytes);
  expect(bytes.byteLength).toBe(0);
});

test('memory that other bytes lie in, too, is left alone', () => {
  const both = Buffer.from(new Uint8Array(200));
  const [first, second] = [both.subarray(0, 100), both.subarray(100)];
  freeMemory(first);
  expect([first.byteLength, second.byteLength]).toEqual([100, 100]);
});
