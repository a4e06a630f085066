import { expect, test } from 'vitest';
import { hostNames } from './host-name.ts';

const first = (count: number, ...[prefix, group, taken]: Parameters<typeof hostNames>): string[] => {
  const names = hostNames(prefix, group, taken);
  return Array.from({ length: count }, () => names.next().value);
};

test('machines are numbered after their prefix, and a number that is free again is taken again', () => {
  expect(first(2, 'render', 'g1', new Set())).toEqual(['render001', 'render002']);
  expect(first(2, 'render', 'g1', new Set(['render001', 'render003']))).toEqual(['render002', 'render004']);
});

test('without a prefix the group lends its name, as far as a host may be called so', () => {
  expect(first(1, undefined, 'group_1', new Set())).toEqual(['group-1-001']);
  expect(first(1, undefined, '_', new Set())).toEqual(['node-001']);
  expect(first(1, undefined, 'g'.repeat(64), new Set())[0]?.length).toBeLessThan(64);
});
