import { parseFrames } from '../parse-frames.ts';

/**
 * The shortest list of `n`, `a-b` and `a-bxN` for these frames, found by trying every element over low…high whose ends are
 * frames that it names, shortest text first: slow and plain, to check the clever way against.
 */
export function shortestByTryingAll(frames: readonly number[], low: number, high: number): string {
  const elements = allElements(low, high);
  let texts = new Map<number, string>([[0, '']]);
  const shortest = new Map<number, string>();
  while (texts.size > 0) {
    const next = new Map<number, string>();
    for (const [named, text] of texts) {
      for (const element of elements) {
        const longer = text === '' ? element : `${text},${element}`;
        const read = parseFrames(longer);
        if (read.length <= named || read.some((frame, index) => frame !== frames[index])) continue;
        const known = shortest.get(read.length);
        if (known !== undefined && known.length <= longer.length) continue;
        shortest.set(read.length, longer);
        next.set(read.length, longer);
      }
    }
    texts = next;
  }
  return shortest.get(frames.length) ?? '';
}

function allElements(low: number, high: number): string[] {
  const elements: string[] = [];
  for (let start = low; start <= high; start += 1) {
    elements.push(String(start));
    for (let end = low; end <= high; end += 1) {
      const span = Math.abs(end - start);
      for (let interval = 1; interval <= span; interval += 1) {
        if (span % interval === 0) elements.push(`${start}-${end}${interval === 1 ? '' : `x${interval}`}`);
      }
    }
  }
  return elements;
}
