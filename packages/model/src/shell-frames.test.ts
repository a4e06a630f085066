import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readShellNumbers, ShellFrameReader, shellFrame, shellNumbers } from './shell-frames.ts';

test('frames come out as they went in, however the bytes are cut', () => {
  const frame = fc.record({
    kind: fc.integer({ min: 0, max: 255 }),
    content: fc.uint8Array({ maxLength: 50 }),
  });
  fc.assert(
    fc.property(fc.array(frame), fc.integer({ min: 1, max: 30 }), (frames, step) => {
      const bytes = Buffer.concat(frames.map(({ kind, content }) => shellFrame(kind, content)));
      const reader = new ShellFrameReader();
      const read = [];
      for (let at = 0; at < bytes.length; at += step)
        read.push(...reader.push(bytes.subarray(at, at + step)));
      expect(read.map(({ kind, content }) => [kind, [...content]])).toEqual(
        frames.map(({ kind, content }) => [kind, [...content]]),
      );
    }),
  );
});

test('numbers come out as they went in', () => {
  expect(readShellNumbers(2, shellNumbers(2, 80, 65_535))).toEqual([80, 65_535]);
  expect(readShellNumbers(4, shellNumbers(4, -1))).toEqual([-1]);
});

test('whoever speaks something else is refused', () => {
  expect(() => new ShellFrameReader().push(Buffer.from('GET / HTTP/1.1'))).toThrow(RangeError);
});
