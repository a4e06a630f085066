import type { SourceImage } from './inspect-source.ts';
import { readExif } from './read-exif.ts';

/**
 * What `image/info` says: every value a text in an object of its own, sorted by name. A PNG's EXIF is not shown, as the
 * vendor has it.
 */
export function describeImage(source: SourceImage): Record<string, { value: string }> {
  const fields = source.exif === undefined || source.format === 'png' ? [] : readExif(source.exif);
  const all: [string, string][] = [
    ...fields,
    ['FileSize', String(source.bytes.byteLength)],
    ['Format', source.format],
    ['FrameCount', String(source.frames)],
    ['ImageHeight', String(source.height)],
    ['ImageWidth', String(source.width)],
  ];
  const sorted = all.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, { value }]));
}
