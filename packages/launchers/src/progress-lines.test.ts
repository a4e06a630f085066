import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProgressLine, type ProgressLine, parseProgressLine } from './index.ts';

const examples: [string, ProgressLine][] = [
  [
    'rebatch piece frames=1-12 count=12 instance=0 of=2',
    { kind: 'piece', frames: '1-12', count: 12, instance: 0, of: 2 },
  ],
  [
    'rebatch piece frames="" count=0 instance=3 of=4',
    { kind: 'piece', frames: '', count: 0, instance: 3, of: 4 },
  ],
  ['rebatch piece count=900000 instance=0 of=1', { kind: 'piece', count: 900_000, instance: 0, of: 1 }],
  ['rebatch frame=-4 state=rendering', { kind: 'rendering', frame: -4 }],
  [
    'rebatch frame=1 state=rendering sample=16/64',
    { kind: 'rendering', frame: 1, sample: { done: 16, of: 64 } },
  ],
  [
    'rebatch frame=1 state=saved file=0001.png seconds=1.52 memory=120.50M',
    { kind: 'saved', frame: 1, file: '0001.png', seconds: 1.52, megabytes: 120.5 },
  ],
  ['rebatch frame=1 state=saved file="a b.png"', { kind: 'saved', frame: 1, file: 'a b.png' }],
  ['rebatch frame=2 state=appended file=m.avi', { kind: 'appended', frame: 2, file: 'm.avi' }],
  ['rebatch frame=2 state=missing file=0002.png', { kind: 'missing', frame: 2, file: '0002.png' }],
  ['rebatch frame=3 state=skipped file=0003.png', { kind: 'skipped', frame: 3, file: '0003.png' }],
  [
    'rebatch frame=1 state=thumbnail file=.rebatch/job-1/thumbnails/render/1.jpg',
    { kind: 'thumbnail', frame: 1, file: '.rebatch/job-1/thumbnails/render/1.jpg' },
  ],
  ['rebatch done saved=11 missing=1 seconds=18.30', { kind: 'done', saved: 11, missing: 1, seconds: 18.3 }],
];

describe('the progress line', () => {
  test.each(examples)('%s', (text, line) => {
    expect(formatProgressLine(line)).toBe(text);
    expect(parseProgressLine(text)).toEqual(line);
  });

  test('carries any file name on one line and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.integer(), (file, frame) => {
        const text = formatProgressLine({ kind: 'saved', frame, file });
        expect(text).not.toMatch(/[\r\n]/);
        expect(parseProgressLine(text)).toEqual({ kind: 'saved', frame, file });
      }),
    );
  });

  test.each([
    'Fra:1 Mem:9.90M (Peak 10.83M) | Time:00:00.02',
    'render-blender: Nothing to do, exit',
    'rebatchframe=1 state=saved file=x',
    'rebatch frame=1 state=dreaming file=x',
    'rebatch frame=x state=saved file=x',
    'rebatch frame=1 state=saved',
    'rebatch done saved=1',
    'rebatch piece frames=1',
    'rebatch',
    '',
  ])('is not %j', (text) => {
    expect(parseProgressLine(text)).toBeUndefined();
  });

  test('may get new words that older readers skip', () => {
    const text = 'rebatch frame=1 state=saved file=x.png tiles=4 note="a b" seconds=2.00';
    expect(parseProgressLine(text)).toEqual({ kind: 'saved', frame: 1, file: 'x.png', seconds: 2 });
  });
});
