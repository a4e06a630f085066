import { manualClock } from '@rebatch/model';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { storeFailureLog } from './store-failure-log.ts';

test('a full disk is told of at once, and then once a minute', () => {
  const clock = manualClock();
  const lines: string[] = [];
  const failed = storeFailureLog(
    createLogger(
      'error',
      (line) => lines.push(line),
      () => clock.now(),
    ),
    clock,
  );
  for (let second = 0; second < 120; second++) {
    failed(new Error('database or disk is full'));
    clock.advance(1000);
  }
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('reason="database or disk is full"');
  failed(new Error('disk I/O error'));
  expect(lines).toHaveLength(3);
});
