import { read } from 'node:fs';

/** Fills `length` bytes of `buffer` at `at` from the file's `position`; answers how many there were. */
export function readRange(
  fd: number,
  buffer: Buffer,
  at: number,
  length: number,
  position: number,
): Promise<number> {
  // The callback form: a promise of fs costs more than the read of a cached page.
  return new Promise((resolve, reject) => {
    read(fd, buffer, at, length, position, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}
