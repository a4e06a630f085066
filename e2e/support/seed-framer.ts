import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const SEED = join(ROOT, '../shared/seeds/best-practices.zh.txt');

/**
 * Columns of indentation, in steps of four, that the document lost in the second half of the script; one figure a line
 * from the line `mod = len(a3) % total_nodes` on, blank lines not counted.
 */
const LOST = [
  1, 1, 1, 2, 2, 2, 2, 2, 1, 2, 2, 2, 3, 3, 2, 2, 2, 2, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2,
  2, 2, 1, 2, 2,
];

/**
 * The seed's own framer.py, letter for letter but for the indentation that its PDF lost; undefined where the seed does
 * not lie beside the checkout.
 */
export function seedFramer(): string | undefined {
  if (!existsSync(SEED)) return undefined;
  const text = readFileSync(SEED, 'utf8');
  const start = text.indexOf('#!/usr/bin/python', text.indexOf('framer.py:'));
  const last = 'return _parseIntermittentFrames(render_frames, total_nodes, id)';
  const lines = text
    .slice(start, text.indexOf(last, start) + last.length)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('```'));
  const lostFrom = lines.findIndex((line) => line.startsWith('mod = '));
  return `${lines
    .map((line, index) => {
      const depth = index < lostFrom ? undefined : LOST[index - lostFrom];
      return depth === undefined ? line : `${' '.repeat(4 * depth)}${line}`;
    })
    .join('\n')}\n`;
}
