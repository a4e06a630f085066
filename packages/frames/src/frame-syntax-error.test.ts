import { expect, test } from 'vitest';
import { FrameSyntaxError, parseFrames, pointAt } from './index.ts';

function pointed(text: string): string {
  try {
    parseFrames(text);
  } catch (error) {
    if (error instanceof FrameSyntaxError) return pointAt(error);
  }
  return 'read';
}

test('a caret stands below the trouble', () => {
  expect(pointed('1-4,5-x')).toBe('1-4,5-x\n      ^');
});

test('a caret stands behind a list that ends too early', () => {
  expect(pointed('1-')).toBe('1-\n  ^');
});

test('a long list is cut to the neighbourhood of the trouble', () => {
  const [line = '', caret = ''] = pointed(`${'1,'.repeat(500)}x`).split('\n');
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line.charAt(caret.length - 1)).toBe('x');
});

test('control characters do not reach the terminal', () => {
  expect(pointed('1,\u001b[31m')).toBe('1, [31m\n  ^');
});
