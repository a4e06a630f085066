import { invalidDependencies } from './errors.ts';
import { quote } from './field.ts';
import { MAX_EDGES } from './limits.ts';

/**
 * Checks that tasks can be put in order (spec/batchcompute-api.md §7). `dependencies`: predecessor → its successors.
 * @throws InvalidDependencies for an unknown task, a task before itself, a successor named twice, a cycle (which it names).
 */
export function checkDependencies(
  taskNames: readonly string[],
  dependencies: Readonly<Record<string, readonly string[]>>,
): void {
  const known = new Set(taskNames);
  const successors = new Map(Object.entries(dependencies));
  let edges = 0;
  for (const [name, list] of successors) {
    if (!known.has(name)) throw invalidDependencies(`There is no task ${quote(name)}.`);
    const seen = new Set<string>();
    for (const successor of list) {
      if (!known.has(successor)) {
        throw invalidDependencies(
          `There is no task ${quote(successor)}, named as a successor of ${quote(name)}.`,
        );
      }
      if (successor === name) throw invalidDependencies(`The task ${quote(name)} waits for itself.`);
      if (seen.has(successor)) {
        throw invalidDependencies(
          `The task ${quote(successor)} is named twice as a successor of ${quote(name)}.`,
        );
      }
      seen.add(successor);
    }
    edges += list.length;
    if (edges > MAX_EDGES) throw invalidDependencies(`Its size must be in [0, ${MAX_EDGES}].`);
  }
  const cycle = findCycle(successors);
  if (cycle !== undefined) throw invalidDependencies(`Its tasks wait for each other: ${describe(cycle)}.`);
}

/** A cycle as its tasks in order, without repetition of the first, or undefined. Its own stack: chains may be long. */
function findCycle(successors: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  for (const root of successors.keys()) {
    if (done.has(root)) continue;
    const path: { name: string; next: number }[] = [{ name: root, next: 0 }];
    const onPath = new Set([root]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const child = successors.get(top.name)?.[top.next];
      top.next += 1;
      if (child === undefined) {
        done.add(top.name);
        onPath.delete(top.name);
        path.pop();
      } else if (onPath.has(child)) {
        const names = path.map(({ name }) => name);
        return names.slice(names.indexOf(child));
      } else if (!done.has(child)) {
        path.push({ name: child, next: 0 });
        onPath.add(child);
      }
    }
  }
  return undefined;
}

function describe(cycle: readonly string[]): string {
  const shown = cycle.length > 20 ? [...cycle.slice(0, 19), '…'] : cycle;
  return [...shown, cycle[0]].join(' -> ');
}
