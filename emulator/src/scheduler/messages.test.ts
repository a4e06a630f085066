import { expect, test } from 'vitest';
import { freshInstance } from '../store/fresh-instance.ts';
import { failureMessage } from './messages.ts';

test.each([
  ['the program ended with exit code 3', 0, 'Task t, instance 7: the program ended with exit code 3.'],
  [
    'Out of memory. It took more than 1 GB.',
    1,
    'Task t, instance 7: Out of memory. It took more than 1 GB (attempt 2).',
  ],
])('%j is told as a sentence with one full stop', (errorMessage, retries, expected) => {
  expect(failureMessage('t', { ...freshInstance(7, 'Running'), errorMessage, retries })).toBe(expected);
});
