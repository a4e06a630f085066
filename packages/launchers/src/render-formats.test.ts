import { expect, test } from 'vitest';
import { formatNamed, RENDER_FORMATS, unknownFormat } from './index.ts';

test('all formats of the vendor App are known', () => {
  const names = ['TGA', 'RAWTGA', 'JPEG', 'IRIS', 'IRIZ', 'AVIRAW', 'AVIJPEG', 'PNG', 'BMP'];
  expect(names.filter((name) => formatNamed(name) === undefined)).toEqual([]);
});

test('a format may be written in lower case', () => {
  expect(formatNamed('open_exr')).toEqual({ name: 'OPEN_EXR', extension: '.exr', kind: 'frames' });
});

test.each(['__proto__', 'constructor', 'toString', ''])('%j is no format', (name) => {
  expect(formatNamed(name)).toBeUndefined();
});

test.each([
  ['PGN', 'unknown format "PGN": did you mean PNG?'],
  ['jpg', 'unknown format "jpg": did you mean JPEG?'],
  ['mp4', 'unknown format "mp4": did you mean FFMPEG?'],
  ['QUICKTIME', `unknown format "QUICKTIME": known are ${RENDER_FORMATS.map(({ name }) => name).join(', ')}`],
])('%s is refused with a hint', (name, line) => {
  expect(unknownFormat(name)).toBe(line);
});
