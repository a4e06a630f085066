import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

test.each([
  ['PGN', 'PNG'],
  ['png ', 'PNG'],
  ['JPGE', 'JPEG'],
  ['TIF', 'TIFF'],
  ['OPENEXR', 'OPEN_EXR'],
  ['QUICKTIME', undefined],
  ['', undefined],
])('%j is nearest to %j', (text, name) => {
  expect(nearestName(text, ['PNG', 'JPEG', 'TIFF', 'OPEN_EXR'])).toBe(name);
});
