import { expect, test } from 'vitest';
import { metadataAnswer } from './metadata-answer.ts';

const NODE = {
  meta: { 'instance-id': 'i-1', hostname: 'w001' },
  userData: { scene: 'island', 'conf/depth': '3', __proto__: 'no key' },
};

test.each([
  ['/latest/user-data', '{"scene":"island","conf/depth":"3"}'],
  ['/latest/user-data/', '{"scene":"island","conf/depth":"3"}'],
  ['/latest/user-data/conf/depth', '3'],
  ['/latest/meta-data/', 'conf/depth\nhostname\ninstance-id\nscene'],
  ['/latest/meta-data/hostname', 'w001'],
  ['/latest/meta-data/scene', 'island'],
  ['/latest/user-data/hostname', undefined],
  ['/latest/meta-data/constructor', undefined],
  ['/latest/meta-dataX', undefined],
  ['/', undefined],
])('%s gives %s', (path, expected) => {
  expect(metadataAnswer(NODE, path)).toBe(expected);
});
