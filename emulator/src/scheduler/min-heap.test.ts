import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinHeap } from './min-heap.ts';

test('numbers come out smallest first, in whatever order they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.array(fc.nat()), (first, later) => {
      const heap = new MinHeap(first.toSorted((a, b) => a - b));
      for (const item of later) heap.push(item);
      const out: number[] = [];
      for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item);
      expect(out).toEqual([...first, ...later].toSorted((a, b) => a - b));
    }),
  );
});
