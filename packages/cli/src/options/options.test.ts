import { expect, test } from 'vitest';
import { UsageError } from '../cli-error.ts';
import { Options } from './options.ts';

const SPECS = {
  frames: { value: 'LIST', help: '' },
  env: { value: 'NAME=VALUE', multiple: true, help: '' },
  follow: { short: 'f', help: '' },
} as const;

test('reads flags, values and arguments in any order', () => {
  const options = new Options(SPECS, ['a', '-f', '--env', 'A=1', 'b', '--env=B=2']);
  expect(options.positionals).toEqual(['a', 'b']);
  expect(options.flag('follow')).toBe(true);
  expect(options.texts('env')).toEqual(['A=1', 'B=2']);
  expect(options.text('frames')).toBeUndefined();
});

test.each([
  [['--frmes', '1'], "unknown option '--frmes'"],
  [['--frames'], "option '--frames <value>' argument missing"],
  [['--frames=1', '--frames=2'], '--frames is given twice'],
])('refuses %j in one line', (argv, message) => {
  expect(() => new Options(SPECS, argv)).toThrow(UsageError);
  expect(() => new Options(SPECS, argv)).toThrow(message);
});

test('takes whole numbers within their bounds only', () => {
  expect(count('7')).toBe(7);
  for (const text of ['0', '10', '1.5', 'x', ''])
    expect(() => count(text)).toThrow(/whole number from 1 to 9/);
});

function count(text: string): number | undefined {
  return new Options(SPECS, ['--frames', text]).integer('frames', 1, 9);
}
