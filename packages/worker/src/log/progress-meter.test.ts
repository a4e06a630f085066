import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgressMeter } from './progress-meter.ts';

function percentsOf(chunks: Uint8Array[]): number[] {
  const percents: number[] = [];
  const meter = new ProgressMeter((percent) => percents.push(percent));
  for (const chunk of chunks) meter.take(chunk);
  return percents;
}

const LOG = Buffer.from(
  [
    'Blender 3.4.1',
    'rebatch piece frames=1-4 count=4 instance=0 of=2',
    'rebatch frame=1 state=rendering sample=32/64',
    'rebatch frame=1 state=saved file=0001.png seconds=1.5',
    'rebatch frame=1 state=saved file=0001.png seconds=1.5',
    'not rebatch frame=2 state=saved file=0002.png',
    'rebatch frame=2 state=saved file=0002.png',
    'rebatch frame=3 state=saved file=0003.png',
    'rebatch frame=4 state=saved file=0004.png',
    'rebatch done saved=4 missing=0 seconds=6.1',
    '',
  ].join('\n'),
);

describe('the progress of a piece', () => {
  it('counts each saved frame once, and the samples of the frame in work', () => {
    expect(percentsOf([LOG])).toEqual([12, 25, 50, 75, 99]);
  });

  it('is the same however the log is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(LOG.length)), (cuts) => {
        const places = [0, ...cuts.toSorted((left, right) => left - right), LOG.length];
        const chunks = places.slice(1).map((end, index) => LOG.subarray(places[index], end));
        expect(percentsOf(chunks)).toEqual([12, 25, 50, 75, 99]);
      }),
    );
  });

  it('counts pictures that were there before, and takes a share that grows', () => {
    const lines = [
      'rebatch piece count=2 instance=0 of=2',
      'rebatch frame=1 state=skipped file=0001.png',
      'rebatch piece count=3 instance=0 of=2',
      'rebatch frame=2 state=saved file=0002.png',
    ];
    expect(percentsOf([Buffer.from(`${lines.join('\n')}\n`)])).toEqual([50, 66]);
  });

  it('is nothing for a log without such lines, however long a line', () => {
    expect(percentsOf([Buffer.alloc(100_000, 'rebatch '), Buffer.from('\nrebatch frame=x\n')])).toEqual([]);
  });
});
