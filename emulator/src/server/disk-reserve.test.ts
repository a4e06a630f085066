import { statSync } from 'node:fs';
import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { expect, test } from 'vitest';
import { openDiskReserve } from './disk-reserve.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const FULL = Object.assign(new Error('database or disk is full'), { errcode: 13 });
const BYTES = 3 << 20;

test('the reserve takes real room, is spent piece by piece, and comes back when there is room again', () => {
  const path = join(temporaryFolder(), 'reserve');
  const clock = manualClock(0);
  const reserve = openDiskReserve(path, BYTES, clock);
  expect(statSync(path).blocks * 512).toBeGreaterThanOrEqual(BYTES);

  let pieces = 0;
  while (reserve.spend(FULL)) pieces++;
  expect(pieces).toBe(48);
  expect(statSync(path).size).toBe(0);

  clock.advance(5000);
  expect(statSync(path).size).toBe(BYTES);
  expect(reserve.spend(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toBe(true);
  reserve.close();
});

test('other trouble leaves the reserve alone, and so does the next start', () => {
  const path = join(temporaryFolder(), 'reserve');
  openDiskReserve(path, BYTES, manualClock(0)).close();
  const { ino } = statSync(path);
  const reserve = openDiskReserve(path, BYTES, manualClock(0));
  expect(reserve.spend(new Error('disk I/O error'))).toBe(false);
  expect(statSync(path).ino).toBe(ino);
  reserve.close();
});
