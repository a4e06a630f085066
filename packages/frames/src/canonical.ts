import { elementText } from './element-text.ts';
import type { FrameElement } from './frame-element.ts';
import type { FrameList } from './frame-list.ts';
import { patternCandidates } from './pattern-candidates.ts';
import { type Candidate, rangeCandidates, rangeIntervals } from './range-candidates.ts';
import { Sequence } from './sequence.ts';

/** Up to this many frames every way is weighed; a longer list is read left to right. */
const WEIGH_ALL = 400;

/**
 * The shortest text that {@link parseFrames} reads back as the same frames in the same order; '' for no frame. A frame given
 * twice counts where it comes first.
 *
 * "Shortest" means fewest characters, then fewest `y`, `~` and `@`, which few people read, then fewest elements. Weighed are all comma lists of `n`, `a-b` and `a-bxN` whose ends
 * are frames that they name, passing over frames named before where that helps (`1-100x10,1-100`); and of `a-byN` (N ≥ 3),
 * `a-b~N` (N less than the range) and `a-b@`, each as long as the frames allow. Lists of more than 400 frames are read left
 * to right instead, each time taking the element that goes furthest, if it is worth its characters: that is as short for the lists that
 * people write, and a million frames stay quick.
 */
export function canonical(frames: FrameList): string {
  const sequence = new Sequence(frames);
  const elements = sequence.length <= WEIGH_ALL ? weighAll(sequence) : leftToRight(sequence);
  return elements.map(elementText).join(',');
}

interface Best {
  readonly characters: number;
  /** Elements other than `n`, `a-b` and `a-bxN`. */
  readonly rare: number;
  readonly elements: number;
  readonly from: number;
  readonly element: FrameElement;
}

/** The shortest way from "nothing is named" to "all are named". */
function weighAll(sequence: Sequence): FrameElement[] {
  const best: (Best | undefined)[] = [];
  for (let from = 0; from < sequence.length; from += 1) {
    const before = best[from];
    for (const candidate of candidates(sequence, from, rangeIntervals(sequence, from))) {
      const way: Best = {
        characters: (before?.characters ?? 0) + elementText(candidate.element).length + 1,
        rare: (before?.rare ?? 0) + (candidate.element.kind === 'every' ? 0 : 1),
        elements: (before?.elements ?? 0) + 1,
        from,
        element: candidate.element,
      };
      if (isBetter(way, best[candidate.to])) best[candidate.to] = way;
    }
  }
  const elements: FrameElement[] = [];
  for (let way = best[sequence.length]; way !== undefined; way = best[way.from])
    elements.unshift(way.element);
  return elements;
}

function isBetter(way: Best, than: Best | undefined): boolean {
  if (than === undefined) return true;
  if (way.characters !== than.characters) return way.characters < than.characters;
  if (way.rare !== than.rare) return way.rare < than.rare;
  if (way.elements !== than.elements) return way.elements < than.elements;
  return way.from > than.from; // the earlier elements are the longer ones: 1-3,5-9x2 rather than 1-2,3-9x2
}

function leftToRight(sequence: Sequence): FrameElement[] {
  const elements: FrameElement[] = [];
  let from = 0;
  while (from < sequence.length) {
    const first = sequence.at(from) ?? 0;
    const difference = Math.abs((sequence.at(from + 1) ?? first) - first);
    const single = { kind: 'every', start: first, end: first, interval: 1 } as const;
    let chosen: Candidate = { element: single, to: from + 1 };
    for (const candidate of candidates(sequence, from, difference > 1 ? [difference, 1] : [difference])) {
      const further = candidate.to > chosen.to && saysMorePerCharacter(candidate, single, from);
      const shorter =
        candidate.to === chosen.to &&
        elementText(candidate.element).length < elementText(chosen.element).length;
      if (further || shorter) chosen = candidate;
    }
    elements.push(chosen.element);
    from = chosen.to;
  }
  return elements;
}

function saysMorePerCharacter(candidate: Candidate, single: FrameElement, from: number): boolean {
  const perFrame = (elementText(candidate.element).length + 1) / (candidate.to - from);
  return perFrame < elementText(single).length + 1;
}

function* candidates(sequence: Sequence, from: number, intervals: number[]): Generator<Candidate> {
  const first = sequence.at(from);
  if (first === undefined) return;
  yield { element: { kind: 'every', start: first, end: first, interval: 1 }, to: from + 1 };
  for (const interval of intervals) {
    if (interval > 0) yield* rangeCandidates(sequence, from, interval);
  }
  yield* patternCandidates(sequence, from);
}
