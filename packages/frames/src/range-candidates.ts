import type { FrameElement } from './frame-element.ts';
import type { Sequence } from './sequence.ts';

/** An element that can stand where `from` frames are already named, and what is named after it. */
export interface Candidate {
  readonly element: FrameElement;
  readonly to: number;
}

/**
 * All `a-b` and `a-bxN` with interval N that name the frames from `from` on, in order, perhaps passing over frames that are
 * named already. Both ends are frames that the element names. In order of `to`.
 */
export function* rangeCandidates(sequence: Sequence, from: number, interval: number): Generator<Candidate> {
  const first = sequence.at(from);
  const second = sequence.at(from + 1);
  if (first === undefined || second === undefined) return;
  const step = second > first ? interval : -interval;
  const shortest = shortestStart(sequence, from, first, step);
  // A frame further out is worth it when its text is shorter (9-20 instead of 10-20) …
  const near = String(shortest).length < String(first).length ? shortest : first;
  let to = from + 1;
  let passedOver = false;
  for (let frame = first + step; ; frame += step) {
    if (frame === sequence.at(to)) {
      to += 1;
    } else if (sequence.isBefore(frame, from)) {
      passedOver = true;
    } else {
      return;
    }
    // … or when the element passes over earlier frames anyway: 1-100x10,1-100 reads better than 1-100x10,2-100.
    const start = passedOver ? shortest : near;
    if (to > from + 1) yield { element: { kind: 'every', start, end: frame, interval }, to };
  }
}

/** Walks back from `first` over frames that are named already; of the shortest texts the outermost. */
function shortestStart(sequence: Sequence, from: number, first: number, step: number): number {
  let shortest = first;
  for (let frame = first - step; sequence.isBefore(frame, from); frame -= step) {
    if (String(frame).length <= String(shortest).length) shortest = frame;
  }
  return shortest;
}

/** Intervals of ranges that can name the frames at `from` and `from + 1`, the plain difference first. */
export function rangeIntervals(sequence: Sequence, from: number): number[] {
  const first = sequence.at(from);
  const second = sequence.at(from + 1);
  if (first === undefined || second === undefined) return [];
  const difference = Math.abs(second - first);
  const intervals = [difference];
  // A smaller interval fits when all that lies between is named already.
  for (const frame of sequence.frames.slice(0, from)) {
    const interval = Math.abs(frame - first);
    const between = (frame - first) * (frame - second) < 0;
    if (between && difference % interval === 0) intervals.push(interval);
  }
  return intervals;
}
