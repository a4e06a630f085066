import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { INSTANCE_ORDERS, instanceAt, positionOf } from './instance-order.ts';
import { MAX_INSTANCE_COUNT } from './limits.ts';

const inOrder = (count: number): number[] =>
  Array.from({ length: count }, (_, position) => instanceAt('preview-first', position, count));

test.each([
  [1, [0]],
  [2, [0, 1]],
  [3, [0, 2, 1]],
  [5, [0, 4, 2, 1, 3]],
  [9, [0, 8, 4, 2, 6, 1, 3, 5, 7]],
  [10, [0, 9, 8, 4, 2, 6, 1, 3, 5, 7]],
])('of %i instances the first, the last and the middles come first', (count, order) => {
  expect(inOrder(count)).toEqual(order);
});

test('every order hands every instance out once', () => {
  fc.assert(
    fc.property(fc.constantFrom(...INSTANCE_ORDERS), fc.integer({ min: 1, max: 300 }), (order, count) => {
      const numbers = Array.from({ length: count }, (_, position) => instanceAt(order, position, count));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
    }),
  );
});

test('the position of an instance leads back to it, however many there are', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...INSTANCE_ORDERS),
      fc
        .integer({ min: 1, max: MAX_INSTANCE_COUNT })
        .chain((count) => fc.tuple(fc.constant(count), fc.nat({ max: count - 1 }))),
      (order, [count, instance]) => {
        const position = positionOf(order, instance, count);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThan(count);
        expect(instanceAt(order, position, count)).toBe(instance);
      },
    ),
  );
});

test('after any part of the order the gaps that are left are about even', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 10, max: 2000 })
        .chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 3, max: count }))),
      ([count, done]) => {
        const seen = inOrder(count)
          .slice(0, done)
          .toSorted((a, b) => a - b);
        const widest = Math.max(...seen.slice(1).map((number, index) => number - (seen[index] ?? 0)));
        expect(widest).toBeLessThanOrEqual(Math.ceil((4 * count) / done) + 1);
      },
    ),
  );
});
