import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { resourceIdSource } from './resource-id.ts';

test('ids of clusters ascend as text in the order of creation, whatever the clock does', () => {
  assert(
    property(
      array(integer({ min: 1_400_000_000_000, max: 2_800_000_000_000 }), { maxLength: 30 }),
      (times) => {
        let now = 0;
        const next = resourceIdSource('cls-', { now: () => now });
        const ids = times.map((time) => {
          now = time;
          return next();
        });
        expect(ids).toEqual(ids.toSorted());
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^cls-[0-9a-z]{18}$/);
      },
    ),
  );
});
