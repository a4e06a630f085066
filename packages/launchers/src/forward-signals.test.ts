import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startForwarding } from './forward-signals.ts';

test('a signal that comes while the child is being started reaches the child, and ends only that', async () => {
  const { child, stopForwarding } = startForwarding(() => {
    process.kill(process.pid, 'SIGUSR2');
    return spawn('sleep', ['60']);
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGUSR2']);
  stopForwarding();
});

test('a child that cannot be started leaves no listener behind', () => {
  const before = process.listenerCount('SIGTERM');
  expect(() => startForwarding(() => spawn(''))).toThrow('file');
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
