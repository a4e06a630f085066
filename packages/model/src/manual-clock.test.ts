import { expect, test } from 'vitest';
import { manualClock } from './manual-clock.ts';

test('timers fall due in order of time, then of creation, with the clock standing at their time', () => {
  const clock = manualClock(1000);
  const seen: [string, number][] = [];
  clock.after(20, () => seen.push(['late', clock.now()]));
  clock.after(10, () => seen.push(['early', clock.now()]));
  clock.after(10, () => seen.push(['early, made later', clock.now()]));
  clock.advance(15);
  expect(seen).toEqual([
    ['early', 1010],
    ['early, made later', 1010],
  ]);
  expect(clock.now()).toBe(1015);
  expect(clock.runNext()).toBe(true);
  expect(seen.at(-1)).toEqual(['late', 1020]);
  expect(clock.runNext()).toBe(false);
});

test('a timer set by a timer still falls due within the same advance', () => {
  const clock = manualClock(0);
  let fired = 0;
  clock.after(1, () => clock.after(1, () => (fired = clock.now())));
  clock.advance(5);
  expect(fired).toBe(2);
});

test('a cancelled timer never fires', () => {
  const clock = manualClock(0);
  let fired = false;
  const timer = clock.after(1, () => (fired = true));
  timer.cancel();
  timer.cancel();
  clock.advance(10);
  expect(fired).toBe(false);
  expect(clock.pending()).toBe(0);
});
