import { expandElement } from './expand-element.ts';
import { countFrames, type FrameElement } from './frame-element.ts';
import type { Candidate } from './range-candidates.ts';
import type { Sequence } from './sequence.ts';

/** The `y`, `~` and `@` elements, each at its longest, that name exactly the frames from `from` on. */
export function* patternCandidates(sequence: Sequence, from: number): Generator<Candidate> {
  for (const guess of [guessBetween, guessInterleave, guessHalves]) {
    const element = guess(sequence, from);
    if (element !== undefined && names(sequence, from, element)) {
      yield { element, to: from + countFrames(element) };
    }
  }
}

function names(sequence: Sequence, from: number, element: FrameElement): boolean {
  if (from + countFrames(element) > sequence.length) return false;
  let position = from;
  for (const frame of expandElement(element)) {
    if (sequence.at(position) !== frame) return false;
    position += 1;
  }
  return true;
}

/** 2,3,5,6,8: steps of one, then a step of two, and so on. `y2` is left to `x2`, which says the same. */
function guessBetween(sequence: Sequence, from: number): FrameElement | undefined {
  const first = sequence.at(from);
  const second = sequence.at(from + 1);
  if (first === undefined || second === undefined || Math.abs(second - first) !== 1) return undefined;
  const sign = second - first;
  let position = from;
  let frame = first;
  while (sequence.at(position) === frame) {
    position += 1;
    frame += sign;
  }
  const interval = position - from + 1;
  let end = frame;
  for (frame += sign; sequence.at(position) === frame; frame += sign) {
    end = frame;
    position += 1;
    if ((frame + sign - first + sign) % interval === 0) frame += sign;
  }
  return end === first + sign * (interval - 1)
    ? undefined
    : { kind: 'between', start: first - sign, end, interval };
}

/** The first pass tells the interval; every pass narrows where the end can be. */
function guessInterleave(sequence: Sequence, from: number): FrameElement | undefined {
  const first = sequence.at(from);
  const second = sequence.at(from + 1);
  if (first === undefined || second === undefined || Math.abs(second - first) < 2) return undefined;
  const sign = second > first ? 1 : -1;
  const interval = Math.abs(second - first);
  const taken = new Set<number>();
  let position = from;
  let lowest = 0;
  let beyond = Number.POSITIVE_INFINITY;
  let start = 0;
  for (let step = interval; step >= 1; step = Math.floor(step / 2)) {
    let offset = start;
    for (; offset < beyond; offset += step) {
      if (taken.has(offset)) continue;
      if (sequence.at(position) !== first + sign * offset) break;
      taken.add(offset);
      lowest = Math.max(lowest, offset);
      position += 1;
    }
    beyond = Math.min(beyond, offset);
    start += 1;
  }
  return { kind: 'interleave', start: first, end: first + sign * lowest, interval };
}

/** The first two frames are the ends. */
function guessHalves(sequence: Sequence, from: number): FrameElement | undefined {
  const start = sequence.at(from);
  const end = sequence.at(from + 1);
  if (start === undefined || end === undefined || Math.abs(end - start) < 2) return undefined;
  return { kind: 'halves', start, end, interval: 1 };
}
