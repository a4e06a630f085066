import { expect, test } from 'vitest';
import { spareSubnets } from './spare-subnets.ts';

test('spare subnets are 512 of a range that nobody else uses, without those that are taken', () => {
  expect([...spareSubnets([])]).toHaveLength(512);
  expect(new Set(spareSubnets([])).size).toBe(512);
  const [first] = spareSubnets(['172.17.0.0/16', '198.18.0.0/24', undefined, '198.18.2.0/24']);
  expect(first).toBe('198.18.1.0/24');
  expect([...spareSubnets([])].at(-1)).toBe('198.19.255.0/24');
});
