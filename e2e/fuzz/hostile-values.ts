import type { Random } from './random.ts';

/** Texts that names, paths and addresses should not be, or be only after a careful look. */
export const HOSTILE_TEXTS: readonly [string, ...string[]] = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '/etc/passwd',
  'oss://',
  'oss://bucket',
  'oss://bucket/../../x',
  'oss://b/%2e%2e/x',
  'oss://BUCKET_/x',
  'file:///etc/passwd',
  'C:\\windows\\x',
  '/home/../../x/',
  '/',
  '//',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '渲染',
  'Ünïcödé',
  '👩‍🚀',
  '‮gnp',
  '\u0000',
  'a\nb',
  'a\r\nX: y',
  '\ud800',
  '${HOME}',
  '$(touch /tmp/x)',
  "'; DROP TABLE job; --",
  '%s%n%d',
  '<script>alert(1)</script>',
  'null',
  '-1',
  '1e309',
  'job-00000000000000000000000000000000',
  'cls-x',
  'x'.repeat(70),
  'x'.repeat(5000),
];

/** Any JSON value that a field of another type would not expect. */
export function hostileValue(random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick([0, -0, -1, 1.5, 1e21, -1e21, 2 ** 31, 2 ** 53, Number.MIN_VALUE]);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return deep(random.pick([3, 60, 70, 500]));
    case 6:
      return Array.from({ length: random.pick([1, 101, 2000]) }, () => random.pick(HOSTILE_TEXTS));
    case 7:
      return Object.fromEntries([[random.pick(HOSTILE_TEXTS), random.pick(HOSTILE_TEXTS)]]);
    default:
      return random.pick(HOSTILE_TEXTS);
  }
}

function deep(levels: number): unknown {
  let value: unknown = 'x';
  for (let n = 0; n < levels; n++) value = n % 2 === 0 ? [value] : { a: value };
  return value;
}
