import { expect, it } from 'vitest';
import { firstHost } from './first-host.ts';

it('the first address of a subnet is the host’s on a bridge', () => {
  expect(firstHost('172.17.0.0/16')).toBe('172.17.0.1');
  expect(firstHost('10.1.2.64/26')).toBe('10.1.2.65');
  expect(firstHost('fd00::/8')).toBeUndefined();
});
