/** A machine as the plan sees it. */
export interface PlannedNode {
  id: string;
  state: 'Pending' | 'Starting' | 'Running' | 'Deleting';
  /** An attempt has it. */
  busy: boolean;
}

export interface GroupPlan {
  /** Machines to make. */
  create: number;
  /** Machines to remove now. */
  remove: string[];
  /** Busy machines that are too many: they get no more work, and go when their attempt has ended. */
  drain: string[];
}

/** What is least missed goes first. */
const WORTH = { Pending: 0, Starting: 1, Running: 2 } as const;

/**
 * What brings a group to its DesiredVMCount (spec/batchcompute-api.md §9.3). Pure. `nodes`: those that are not gone, the
 * oldest first. While old machines go, new ones come one ahead at most: never more than `desired` + 1 exist because of it.
 */
export function planGroup(desired: number, nodes: readonly PlannedNode[]): GroupPlan {
  const alive = nodes.flatMap(({ id, state, busy }, age) =>
    state === 'Deleting' ? [] : [{ id, busy, age, worth: busy ? 3 : WORTH[state] }],
  );
  if (alive.length <= desired) {
    const room = desired + 1 - nodes.length;
    return { create: Math.max(0, Math.min(desired - alive.length, room)), remove: [], drain: [] };
  }
  const tooMany = alive
    .toSorted((a, b) => a.worth - b.worth || b.age - a.age)
    .slice(0, alive.length - desired);
  return {
    create: 0,
    remove: tooMany.filter(({ busy }) => !busy).map(({ id }) => id),
    drain: tooMany.filter(({ busy }) => busy).map(({ id }) => id),
  };
}
