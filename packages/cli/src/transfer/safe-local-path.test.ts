import { expect, test } from 'vitest';
import { safeLocalPath } from './safe-local-path.ts';

test('keeps objects below the folder', () => {
  expect(safeLocalPath('/out', 'a/b.png')).toBe('/out/a/b.png');
});

test.each(['../x', 'a/../../x', '/etc/passwd', 'a\\..\\x', '..', ''])(
  'refuses the object name "%s"',
  (name) => {
    expect(() => safeLocalPath('/out', name)).toThrow(/leads out of/);
  },
);
