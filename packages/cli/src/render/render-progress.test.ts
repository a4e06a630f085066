import { expect, test } from 'vitest';
import { RenderProgress } from './render-progress.ts';

test('counts a frame once, also when a retry saves it again', () => {
  const progress = new RenderProgress(2);
  const saved = { kind: 'saved', frame: 1, file: '0001.png', seconds: 2 } as const;
  expect(progress.add(0, saved, 1_000)).toBe(true);
  expect(progress.add(0, saved, 2_000)).toBe(false);
  expect([progress.done, progress.renderSeconds]).toEqual([1, 2]);
});

test('counts a picture that was there before, in no time', () => {
  const progress = new RenderProgress(2);
  expect(progress.add(0, { kind: 'skipped', frame: 1, file: '0001.png' }, 1_000)).toBe(true);
  expect([progress.done, progress.renderSeconds, progress.fraction]).toEqual([1, 0, 0.5]);
});

test('counts frames in the making by their samples and tells the time left', () => {
  const progress = new RenderProgress(4);
  expect(progress.remaining(0)).toBeUndefined();
  progress.add(0, { kind: 'rendering', frame: 1, sample: { done: 0, of: 8 } }, 10_000);
  progress.add(0, { kind: 'saved', frame: 1, file: '0001.png' }, 14_000);
  progress.add(0, { kind: 'rendering', frame: 2, sample: { done: 4, of: 8 } }, 14_000);
  progress.add(1, { kind: 'rendering', frame: 3, sample: { done: 4, of: 8 } }, 16_000);
  expect(progress.fraction).toBe(0.5);
  expect(progress.remaining(16_000)).toBe(6_000);
});

test('a small picture is no news of a frame, nor of what its instance does now', () => {
  const progress = new RenderProgress(2);
  progress.add(0, { kind: 'rendering', frame: 2, sample: { done: 4, of: 8 } }, 0);
  expect(progress.add(0, { kind: 'thumbnail', frame: 1, file: '1.jpg' }, 0)).toBe(false);
  expect([progress.done, progress.fraction]).toEqual([0, 0.25]);
});

test('forgets a half frame when its instance ends', () => {
  const progress = new RenderProgress(2);
  progress.add(0, { kind: 'rendering', frame: 1, sample: { done: 4, of: 8 } }, 0);
  progress.add(0, { kind: 'missing', frame: 1, file: '0001.png' }, 0);
  expect(progress.fraction).toBe(0);
});
