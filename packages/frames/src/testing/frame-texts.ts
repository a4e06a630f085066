import * as fc from 'fast-check';

const frame = fc.integer({ min: -120, max: 120 });
const rangeSign = fc.constantFrom('-', '..', ':');
const stepSign = fc.constantFrom('x', 'by', 'step', 'every', ':', '~', 'X');
const separator = fc.constantFrom(',', ' ', ', ', ' , ', '\t');

const range = fc.tuple(frame, rangeSign, frame).map((parts) => parts.join(''));

const element = fc.oneof(
  frame.map(String),
  range,
  fc.tuple(range, stepSign, fc.integer({ min: 1, max: 40 })).map((parts) => parts.join('')),
  fc
    .tuple(frame, rangeSign, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 9 }))
    .map(([start, sign, span, step]) => `${start}${sign}${start + span}y${step}`),
  fc
    .tuple(
      frame,
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('x', '~', 'by'),
      fc.integer({ min: 1, max: 9 }),
    )
    .map(([start, span, sign, step]) => `${start}-${start - span}${sign}-${step}`),
  range.map((text) => `${text}@`),
);

/** Well-formed frame lists of every form of spec/render.md §1, with negatives, reverses and repeats. */
export const anyFrameText = fc
  .tuple(element, fc.array(fc.tuple(separator, element), { maxLength: 5 }))
  .map(([first, rest]) => first + rest.map((pair) => pair.join('')).join(''));
