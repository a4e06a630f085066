import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../store/store.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';
import { watchStore } from './watch-store.ts';

test('what another process writes is noticed within a second, what the server writes itself is not', () => {
  const path = join(temporaryFolder(), 'jobs.db');
  const [own, other] = [openStore(path), openStore(path)];
  onTestFinished(() => {
    own.close();
    other.close();
  });
  const clock = manualClock();
  let changes = 0;
  const stop = watchStore(own, clock, () => changes++);
  own.saveLimit('maya', 1);
  clock.advance(3000);
  expect(changes).toBe(0);
  other.saveLimit('maya', 2);
  clock.advance(1000);
  expect(changes).toBe(1);
  clock.advance(5000);
  expect(changes).toBe(1);
  stop();
  expect(clock.pending()).toBe(0);
});
