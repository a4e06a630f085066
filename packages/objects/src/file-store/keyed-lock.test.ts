import { expect, test } from 'vitest';
import { KeyedLock } from './keyed-lock.ts';

test('tasks of one key run one after the other, those of another key meanwhile', async () => {
  const lock = new KeyedLock();
  const steps: string[] = [];
  const open = Promise.withResolvers<void>();
  const first = lock.run('a', async () => {
    await open.promise;
    steps.push('a1');
  });
  const second = lock.run('a', async () => {
    steps.push('a2');
  });
  await lock.run('b', async () => {
    steps.push('b');
  });
  open.resolve();
  await Promise.all([first, second]);
  expect(steps).toEqual(['b', 'a1', 'a2']);
});

test('a task that fails does not stop the next', async () => {
  const lock = new KeyedLock();
  const failed = lock.run('a', () => Promise.reject(new Error('no')));
  const next = lock.run('a', async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
