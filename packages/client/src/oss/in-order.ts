/**
 * Runs `work` for every item, at most `parallel` at once, and gives the results in the order of the items. When it ends
 * early, by a failure or by its reader, what is under way is told to stop and waited for.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  parallel: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const own = new AbortController();
  const both = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
  const iterator = Iterator.from(items);
  const underWay: Promise<R>[] = [];
  const begin = () => {
    const next = iterator.next();
    if (next.done === true) return;
    const result = work(next.value, both);
    // It is looked at when its turn comes, which may be after it failed.
    result.catch(() => {});
    underWay.push(result);
  };
  try {
    for (let lane = 0; lane < Math.max(1, parallel); lane += 1) begin();
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
      const result = await first;
      begin();
      yield result;
    }
  } finally {
    own.abort();
    await Promise.allSettled(underWay);
  }
}
