import { expect, test } from 'vitest';
import { isReference, parseReference } from './image-reference.ts';

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
  '../a',
  './a',
  '-host.example/a',
  'host..example/a',
  // The engine takes these for the beginning of an image's id.
  'sha256',
  'sha256:0f3c',
  'host.example:5000/',
  'a'.repeat(300),
])('%j is no image of any registry', (text) => {
  expect(parseReference(text)).toBeUndefined();
});

test('a name in the form of an id is no container image', () => {
  expect(isReference('studio/maya:8')).toBe(true);
  expect(['img-maya', 'm-28sm92ds', 'a//b', '../b'].filter(isReference)).toEqual([]);
});
