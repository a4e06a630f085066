/**
 * In which order the instances of a task are handed out: by number, or coarse to fine, so that a few frames from all over
 * a shot can be looked at early.
 */
export type InstanceOrder = 'number' | 'preview-first';

export const INSTANCE_ORDERS = ['number', 'preview-first'] as const satisfies readonly InstanceOrder[];

/**
 * The instance that comes at `position`, counted from 0, of a task with `count` instances. Preview-first is the first, the
 * last, then multiples of ever smaller powers of two: for nine 0, 8, 4, 2, 6, 1, 3, 5, 7.
 */
export function instanceAt(order: InstanceOrder, position: number, count: number): number {
  if (order === 'number' || position === 0) return position;
  if (position === 1) return count - 1;
  const inner = count - 2;
  const rank = position - 2;
  let step = 1;
  while (Math.floor(inner / (2 * step)) > rank) step *= 2;
  return (2 * (rank - Math.floor(inner / (2 * step))) + 1) * step;
}

/** Where an instance comes in the order: the inverse of {@link instanceAt}. */
export function positionOf(order: InstanceOrder, instance: number, count: number): number {
  if (order === 'number' || instance === 0) return instance;
  if (instance === count - 1) return 1;
  const step = instance & -instance;
  return 2 + Math.floor((count - 2) / (2 * step)) + (instance / step - 1) / 2;
}
