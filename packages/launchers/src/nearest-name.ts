/** The name that somebody who typed `text` most likely meant, or undefined when none is close: at most two slips. */
export function nearestName(text: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewest = 3;
  for (const name of names) {
    const slips = countSlips(text.toUpperCase(), name.toUpperCase());
    if (slips < fewest && slips < name.length) {
      nearest = name;
      fewest = slips;
    }
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
function countSlips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      let slips = Math.min(cell(row, j - 1) + (same ? 0 : 1), cell(row, j) + 1, cell(next, j - 1) + 1);
      const swapped =
        i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      if (swapped) slips = Math.min(slips, cell(before, j - 2) + 1);
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return cell(row, b.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
