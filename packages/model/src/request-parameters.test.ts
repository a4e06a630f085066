import { describe, expect, test } from 'vitest';
import { checkIdempotentToken } from './idempotent-token.ts';
import { parseMaxItemCount } from './page.ts';
import { parsePriorityBody } from './priority.ts';
import { refusal } from './testing/refusal.ts';

describe('MaxItemCount', () => {
  test.each([
    [undefined, 50],
    ['', 50],
    ['0', 0],
    ['1', 1],
    ['100', 100],
  ])('%j means %i', (raw, count) => {
    expect(parseMaxItemCount(raw)).toBe(count);
  });
  test.each([
    ['x', 'Its type must be integer.'],
    ['1.5', 'Its type must be integer.'],
    [' 1', 'Its type must be integer.'],
    ['-1', 'It must be in [0, 100].'],
    ['101', 'It must be in [0, 100].'],
    ['9'.repeat(400), 'It must be in [0, 100].'],
  ])('%j is refused', (raw, why) => {
    expect(refusal(() => parseMaxItemCount(raw))).toEqual({
      status: 400,
      code: 'InvalidMaxItemCount',
      message: `Specified parameter MaxItemCount is not valid. ${why}`,
    });
  });
  test('of Apps starts at 1', () => {
    expect(refusal(() => parseMaxItemCount('0', 1)).message).toContain('[1, 100]');
  });
});

describe('the body of a change of priority', () => {
  test.each([
    [{ Priority: 0 }, 0],
    [{ Priority: 1000 }, 1000],
    [{ Priority: '10' }, 10],
  ])('%j is read', (body, priority) => {
    expect(parsePriorityBody(body)).toBe(priority);
  });
  test.each([
    [{}, 'MissingPriority', 'Priority is mandatory for this action.'],
    [{ Priority: null }, 'MissingPriority', 'Priority is mandatory for this action.'],
    [
      { Priority: 'x' },
      'InvalidPriority',
      'Specified parameter Priority is not valid. Its type must be integer.',
    ],
    [
      { Priority: 1.5 },
      'InvalidPriority',
      'Specified parameter Priority is not valid. Its type must be integer.',
    ],
    [
      { Priority: 1001 },
      'InvalidPriority',
      'Specified parameter Priority is not valid. It must be in [0, 1000].',
    ],
    [
      { Priority: -1 },
      'InvalidPriority',
      'Specified parameter Priority is not valid. It must be in [0, 1000].',
    ],
    ['10', 'InvalidHttpBody', 'Specified parameter HttpBody is not valid. Its type must be object.'],
  ])('%j is refused', (body, code, message) => {
    expect(refusal(() => parsePriorityBody(body))).toEqual({ status: 400, code, message });
  });
});

describe('an idempotency token', () => {
  test('is absent, or text of up to 64 plain characters', () => {
    expect(checkIdempotentToken(undefined)).toBeUndefined();
    expect(checkIdempotentToken('')).toBeUndefined();
    expect(checkIdempotentToken('sss-1700000000000_A')).toBe('sss-1700000000000_A');
    expect(checkIdempotentToken('a'.repeat(64))).toHaveLength(64);
  });
  test.each(['a'.repeat(65), 'a b', 'ä', 'a.b'])('%j is refused', (token) => {
    expect(refusal(() => checkIdempotentToken(token)).code).toBe('InvalidIdempotentToken');
  });
});
