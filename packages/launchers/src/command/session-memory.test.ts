import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SessionMemory } from './session-memory.ts';

/** A folder as /proc, where processes come and go. */
function system() {
  const folder = mkdtempSync(join(tmpdir(), 'rebatch-proc-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    has: (pid: number, session: number, { resident, peak }: { resident: number; peak: number }) => {
      mkdirSync(join(folder, String(pid)), { recursive: true });
      const text = `Name:\tx\nNSsid:\t${session}\t1\nVmHWM:\t  ${peak} kB\nVmRSS:\t  ${resident} kB\n`;
      writeFileSync(join(folder, String(pid), 'status'), text);
    },
    ended: (pid: number) => rmSync(join(folder, String(pid)), { recursive: true }),
  };
}

test('the programs of a session count together, as they were at their most', () => {
  const { folder, has, ended } = system();
  const memory = new SessionMemory(7, folder);
  has(7, 7, { resident: 1024, peak: 1024 });
  has(8, 7, { resident: 2048, peak: 2048 });
  has(9, 1, { resident: 900_000, peak: 900_000 });
  memory.look();
  expect(memory.peak).toBe(3);
  ended(8);
  memory.look();
  expect(memory.peak).toBe(3);
});

test('what one program had between two looks counts', () => {
  const { folder, has } = system();
  const memory = new SessionMemory(7, folder);
  has(7, 7, { resident: 1024, peak: 5120 });
  memory.look();
  expect(memory.peak).toBe(5);
});

test('nothing is told where the system tells nothing', () => {
  const { folder, has } = system();
  const memory = new SessionMemory(7, join(folder, 'none'));
  memory.look();
  has(8, 8, { resident: 1, peak: 1 });
  const stranger = new SessionMemory(7, folder);
  stranger.look();
  expect([memory.peak, stranger.peak]).toEqual([undefined, undefined]);
});
