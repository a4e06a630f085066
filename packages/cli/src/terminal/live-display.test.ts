import { expect, test } from 'vitest';
import { testIo } from '../testing/test-io.ts';
import { LiveDisplay } from './live-display.ts';

test('keeps the moving line below the lines that stay', () => {
  const io = testIo({ interactive: true, width: 40 });
  const display = new LiveDisplay(io);
  display.status('1 of 2');
  display.line('first');
  display.status('2 of 2');
  display.clear();
  expect(io.stderr()).toBe('1 of 2\r\u001b[2Kfirst\n1 of 2\r\u001b[2K2 of 2\r\u001b[2K');
});

test('cuts the moving line to the width of the terminal, since a wrapped one cannot be erased', () => {
  const io = testIo({ interactive: true, width: 10 });
  new LiveDisplay(io).status('0123456789abcdef');
  expect(io.stderr()).toBe('01234567…');
});

test('writes only lines that stay into a file', () => {
  const io = testIo({});
  const display = new LiveDisplay(io);
  display.status('moving');
  display.line('done');
  expect(io.stderr()).toBe('done\n');
});
