import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeName, encodeName } from './charset.ts';

describe('A name in GBK', () => {
  it('has the bytes that GBK programs know', () => {
    expect(encodeName('场景/镜头01.max', 'gbk').toString('hex')).toBe(
      'b3a1beb02fbeb5cdb73031' + Buffer.from('.max').toString('hex'),
    );
    expect(decodeName(Buffer.from('d6d0b9fa', 'hex'), 'gbk')).toBe('中国');
    expect(encodeName('€', 'gbk').toString('hex')).toBe('a2e3');
  });

  it('has four bytes for what GBK does not have, and comes back as it was', () => {
    expect(encodeName('😀', 'gbk').toString('hex')).toBe('9439fc36');
    expect(encodeName('ñ', 'gbk')).toHaveLength(4);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        expect(decodeName(encodeName(name, 'gbk'), 'gbk')).toBe(name);
      }),
      { numRuns: 200 },
    );
  });

  it('comes back as it was for every character but a few of private use, which are shown as "?"', () => {
    const changed = Array.from({ length: 0x1_10_00 }, (_, point) => point)
      .filter((point) => point < 0xd8_00 || point > 0xdf_ff)
      .map((point) => String.fromCodePoint(point))
      .filter((character) => decodeName(encodeName(character, 'gbk'), 'gbk') !== character);
    expect(changed).toHaveLength(19);
    expect(changed.every((character) => /\p{Co}/u.test(character))).toBe(true);
    expect(changed.map((character) => encodeName(character, 'gbk').toString())).toEqual(Array(19).fill('?'));
  });

  it('that a program wrote in another character set stays readable', () => {
    expect(decodeName(Buffer.from('d6d02e747874', 'hex'), 'utf-8')).toBe('%D6%D0.txt');
    expect(decodeName(Buffer.from('ff2e747874', 'hex'), 'gbk')).toBe('%FF.txt');
  });
});
