import { expect, test } from 'vitest';
import { differences } from './differences.ts';

test('tells each changed value with its path, whatever the order of keys', () => {
  const before = { Docker: { Image: 'a' }, Name: 'x', EnvVars: { A: '1' } };
  const after = { Name: 'x', Docker: { Image: 'b' }, EnvVars: { B: '2' } };
  expect(differences(before, after)).toEqual([
    'Docker.Image: "a" → "b"',
    'EnvVars.B: nothing → "2"',
    'EnvVars.A: "1" → nothing',
  ]);
});

test('finds nothing between equal values', () => {
  expect(differences({ a: [1], b: null }, { b: null, a: [1] })).toEqual([]);
});
