import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cpuCount } from './cpu-count.ts';

const folder = mkdtempSync(join(tmpdir(), 'rebatch-cpu-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['50000 100000', 1],
  ['100000 100000', 1],
  ['max 100000', availableParallelism()],
  ['99900000 100000', availableParallelism()],
])('a container with the limit "%s" has %i', (text, count) => {
  const file = join(folder, 'cpu.max');
  writeFileSync(file, `${text}\n`);
  expect(cpuCount(file)).toBe(count);
});

test('without a limit, all processors count', () => {
  expect(cpuCount(join(folder, 'none'))).toBe(availableParallelism());
});
