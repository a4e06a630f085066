/** Whole numbers, the smallest first. */
export class MinHeap {
  readonly #items: number[];

  /** `sorted`: numbers in ascending order to begin with. */
  constructor(sorted: readonly number[] = []) {
    this.#items = [...sorted];
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] ?? 0;
      if (above <= item) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes the smallest out; undefined when there is none. */
  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let below = items[child];
      if (below === undefined) break;
      const right = items[child + 1];
      if (right !== undefined && right < below) {
        child++;
        below = right;
      }
      if (last <= below) break;
      items[at] = below;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
