import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';

/**
 * Gives back the room that bytes `start` to `end` of a file take, which read as zeros then; the file's size stays. Node has
 * no call for it, Debian's util-linux has a program. False when there is no such program, or when the file system cannot.
 */
export function punchHole({ fd }: FileHandle, start: number, end: number): Promise<boolean> {
  const range = ['--offset', String(start), '--length', String(end - start)];
  // Its file is the open one, whatever has its name by now.
  const child = spawn('fallocate', ['--punch-hole', ...range, '/proc/self/fd/3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
