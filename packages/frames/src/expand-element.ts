import type { FrameElement } from './frame-element.ts';

const ORDERS = { every, between, interleave, halves } satisfies Record<FrameElement['kind'], unknown>;

/** The frames of one element in its order, none twice. The caller has checked the count. */
export function expandElement(element: FrameElement): Iterable<number> {
  return ORDERS[element.kind](element);
}

function* every({ start, end, interval }: FrameElement): Generator<number> {
  const sign = end < start ? -1 : 1;
  for (let offset = 0; offset <= Math.abs(end - start); offset += interval) {
    yield start + sign * offset;
  }
}

function* between({ start, end, interval }: FrameElement): Generator<number> {
  const sign = end < start ? -1 : 1;
  for (let offset = 1; offset <= Math.abs(end - start); offset += 1) {
    if (offset % interval !== 0) yield start + sign * offset;
  }
}

/**
 * OpenCue's order: each pass starts one frame later and takes half the interval of the pass before; a frame that an earlier
 * pass took is skipped. 1-10~5 is 1,6 then 2,4,8,10 then 3,5,7,9.
 */
function* interleave({ start, end, interval }: FrameElement): Generator<number> {
  const sign = end < start ? -1 : 1;
  const span = Math.abs(end - start);
  const taken = new Uint8Array(span + 1);
  let first = 0;
  for (let step = interval; step >= 1; step = Math.floor(step / 2)) {
    for (let offset = first; offset <= span; offset += step) {
      if (taken[offset] === 1) continue;
      taken[offset] = 1;
      yield start + sign * offset;
    }
    first += 1;
  }
}

/** Both ends, then the middle of every gap, widest gaps first: 10-20@ is 10,20,15,12,17,11,13,16,18,14,19. */
function* halves({ start, end }: FrameElement): Generator<number> {
  const sign = end < start ? -1 : 1;
  const span = Math.abs(end - start);
  yield start;
  if (span > 0) yield end;
  let gaps: [number, number][] = [[0, span]];
  while (gaps.length > 0) {
    const next: [number, number][] = [];
    for (const [low, high] of gaps) {
      if (high - low < 2) continue;
      const middle = Math.floor((low + high) / 2);
      yield start + sign * middle;
      next.push([low, middle], [middle, high]);
    }
    gaps = next;
  }
}
