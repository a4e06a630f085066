import { expect, test } from 'vitest';
import { parseReference } from './reference.ts';

const DIGEST = `sha256:${'0f'.repeat(32)}`;

test.each([
  ['localhost:5000/demodockerimage:0.1', { registry: 'localhost:5000', name: 'demodockerimage', tag: '0.1' }],
  ['python', { name: 'python' }],
  ['studio/tool', { name: 'studio/tool' }],
  [
    'registry.cn-shenzhen.aliyuncs.com/batchcompute_test/blender:1.0',
    { registry: 'registry.cn-shenzhen.aliyuncs.com', name: 'batchcompute_test/blender', tag: '1.0' },
  ],
  ['localhost/a', { registry: 'localhost', name: 'a' }],
  [`10.0.0.1:5000/a/b@${DIGEST}`, { registry: '10.0.0.1:5000', name: 'a/b', digest: DIGEST }],
  [`a:1@${DIGEST}`, { name: 'a', tag: '1', digest: DIGEST }],
])('%s is read as Docker reads it', (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

test.each([
  '',
  'A',
  'a b',
  'a//b',
  '/a',
  'a/',
  '-a',
  'a:',
  'a:-1',
  'a@sha256:12',
  `a@${DIGEST}@${DIGEST}`,
  'a/../b',
  'localhost:port/a',
  'host.example:5000/',
  'a'.repeat(300),
])('%j is no image of any registry', (text) => {
  expect(parseReference(text)).toBeUndefined();
});
