/**
 * Runs `work` for every item, at most `parallel` at once. After a failure no new item is begun; the first failure is
 * thrown when those under way have ended, so that nothing goes on behind the caller's back.
 */
export async function eachInParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  parallel: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async () => {
    while (failures.length === 0) {
      const next = await iterator.next();
      if (next.done === true || failures.length > 0) return;
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const lanes = Array.from({ length: Math.max(1, parallel) }, lane);
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
}
