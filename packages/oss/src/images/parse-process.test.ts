import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProcess } from './parse-process.ts';

test('the place of a saved picture is read whatever its names are, in either alphabet of base64', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ minLength: 1 }),
      fc.constantFrom('base64' as const, 'base64url' as const),
      (key, bucket, encoding) => {
        const encode = (text: string): string => Buffer.from(text).toString(encoding);
        expect(parseProcess(`style/small|sys/saveas,o_${encode(key)},b_${encode(bucket)}`)).toEqual({
          style: 'small',
          saveAs: { key, bucket },
        });
      },
    ),
  );
});

test('without a bucket the picture is kept beside its source', () => {
  expect(parseProcess('image/rotate,90|sys/saveas,o_dGVzdC5qcGc')).toEqual({
    actions: [{ kind: 'rotate', degrees: 90 }],
    saveAs: { key: 'test.jpg' },
  });
});

test.each([
  ['', 'InvalidArgument'],
  ['image', 'InvalidArgument'],
  ['image/rotate,90|sys/saveas', 'NotImplemented'],
  ['image/rotate,90|sys/saveas,b_dGVzdA', 'InvalidArgument'],
  ['image/rotate,90|sys/saveas,o_a b', 'BadRequest'],
  ['image/rotate,90|sys/saveas,o_', 'BadRequest'],
  ['video/snapshot,t_1000', 'NotImplemented'],
  ['csv/select', 'NotImplemented'],
  ['image/rotate,90|image/rotate,90', 'NotImplemented'],
])('%s is refused', (text, code) => {
  expect(() => parseProcess(text)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code }) }),
  );
});
