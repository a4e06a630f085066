import { expect, test } from 'vitest';
import { withDefault } from './with-default.ts';

test('an element that is not there comes at the end, one that is there stays as it is', () => {
  expect(withDefault('<a><b/></a>\n', 'a', 'c', 'false')).toBe('<a><b/><c>false</c></a>\n');
  expect(withDefault('<a><c>true</c></a>', 'a', 'c', 'false')).toBe('<a><c>true</c></a>');
  expect(withDefault('<a/>', 'a', 'c', 'false')).toBe('<a/>');
});
