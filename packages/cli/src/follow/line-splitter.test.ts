import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

test('gives the same lines however the bytes are cut, also through a character', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(50)), (lines, cuts) => {
      const clean = lines.map((line) => line.replaceAll(/[\r\n]/g, ''));
      const bytes = Buffer.from(clean.map((line) => `${line}\n`).join(''));
      const splitter = new LineSplitter();
      const found: string[] = [];
      let start = 0;
      for (const cut of cuts) {
        found.push(...splitter.push(bytes.subarray(start, start + cut)));
        start = Math.min(bytes.length, start + cut);
      }
      found.push(...splitter.push(bytes.subarray(start)), ...splitter.end());
      expect(found).toEqual(clean);
    }),
  );
});

test('hands on a last line without line break at the end', () => {
  const splitter = new LineSplitter();
  expect(splitter.push(Buffer.from('a\r\nb'))).toEqual(['a']);
  expect(splitter.end()).toEqual(['b']);
});
