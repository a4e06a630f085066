import { expect, test } from 'vitest';
import { OneAtATime } from './one-at-a-time.ts';

test('work of one key is done in order, a failure included, and other keys do not wait for it', async () => {
  const queue = new OneAtATime();
  const first = Promise.withResolvers<void>();
  const order: string[] = [];
  const note = async (what: string): Promise<void> => void order.push(what);
  const failing = queue.run('a', async () => {
    await first.promise;
    throw new Error('no');
  });
  const second = queue.run('a', async () => note('second'));
  await queue.run('b', async () => note('other'));
  first.resolve();
  await expect(failing).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['other', 'second']);
});
