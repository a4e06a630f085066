import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { printable } from './printable.ts';
import { progressBar } from './progress-bar.ts';
import { formatTable } from './table.ts';

test('writes sizes and durations as people read them', () => {
  expect([0, 999, 1024, 1_500_000, 5 * 1024 ** 3].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '1.4 MB',
    '5.0 GB',
  ]);
  expect([0, 4_230, 42_000, 725_000, 11_045_000].map(formatDuration)).toEqual([
    '0.0 s',
    '4.2 s',
    '0:42',
    '12:05',
    '3:04:05',
  ]);
});

test('fills a bar in half steps and never beyond its ends', () => {
  expect(progressBar(0, 4)).toBe('────');
  expect(progressBar(0.4, 4)).toBe('━╸──');
  expect(progressBar(1.5, 4)).toBe('━━━━');
});

test('makes control characters of foreign text visible', () => {
  expect(printable('a\u001b[2Jb\nc')).toBe('a\\x1b[2Jb\\x0ac');
});

test('lines up a table, numbers to the right, without blanks at the ends', () => {
  const table = formatTable(
    [
      { title: 'NAME', value: (row: { name: string; size: number }) => row.name },
      { title: 'SIZE', value: (row) => String(row.size), align: 'right' },
      { title: 'NOTE', value: () => '' },
    ],
    [
      { name: 'a', size: 5 },
      { name: 'long name', size: 12_345 },
    ],
  );
  expect(table).toBe('NAME        SIZE  NOTE\na              5\nlong name  12345\n');
});
