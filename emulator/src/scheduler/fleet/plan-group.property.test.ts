import { array, assert, boolean, constantFrom, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { type PlannedNode, planGroup } from './plan-group.ts';

const group = array(
  record({
    state: constantFrom('Pending' as const, 'Starting' as const, 'Running' as const, 'Deleting' as const),
    busy: boolean(),
  }),
  { maxLength: 12 },
).map((nodes) =>
  nodes.map(
    ({ state, busy }, n): PlannedNode => ({ id: `i-${n}`, state, busy: busy && state === 'Running' }),
  ),
);
const desired = nat({ max: 12 });
const isAlive = (node: PlannedNode): boolean => node.state !== 'Deleting';

test('a plan never makes more machines than wanted, nor lets more than one over it exist', () => {
  assert(
    property(desired, group, (want, nodes) => {
      const { create, remove, drain } = planGroup(want, nodes);
      const alive = nodes.filter(isAlive).length;
      expect(alive + create).toBeLessThanOrEqual(Math.max(alive, want));
      expect(nodes.length + create).toBeLessThanOrEqual(Math.max(nodes.length, want + 1));
      expect(create === 0 || remove.length + drain.length === 0).toBe(true);
      expect(alive - remove.length - drain.length).toBeLessThanOrEqual(want);
      expect(alive + create - remove.length - drain.length).toBeGreaterThanOrEqual(Math.min(alive, want));
    }),
  );
});

test('a busy machine is never removed, and none is drained while an idle one is too many', () => {
  assert(
    property(desired, group, (want, nodes) => {
      const { remove, drain } = planGroup(want, nodes);
      const busy = new Set(nodes.filter((node) => node.busy).map(({ id }) => id));
      expect(remove.filter((id) => busy.has(id))).toEqual([]);
      const idle = nodes.filter((node) => isAlive(node) && !node.busy).map(({ id }) => id);
      expect(drain.length === 0 || idle.every((id) => remove.includes(id))).toBe(true);
    }),
  );
});

test('carried out until nothing is left to do, it ends at the wanted number', () => {
  assert(
    property(desired, group, (want, start) => {
      let nodes = start;
      let next = 100;
      for (let round = 0; round < 60; round++) {
        const { create, remove, drain } = planGroup(want, nodes);
        const gone = new Set(remove);
        const free = new Set(drain);
        nodes = nodes
          // What was going is gone by the next round; attempts on drained machines end.
          .filter(isAlive)
          .map((node): PlannedNode => (free.has(node.id) ? { ...node, busy: false } : node))
          .map(
            (node): PlannedNode => (gone.has(node.id) ? { ...node, state: 'Deleting', busy: false } : node),
          );
        for (let n = 0; n < create; n++) nodes.push({ id: `i-${next++}`, state: 'Pending', busy: false });
      }
      expect(nodes.filter(isAlive)).toHaveLength(want);
      expect(nodes).toHaveLength(want);
    }),
  );
});
