import { Transform } from 'node:stream';
import type { Crc64 } from './crc64.ts';
import { ChecksumError } from './oss-error.ts';

/** Passes bytes through and fails at their end when their CRC-64 is not `expected`. */
export function verified(what: string, crc: Crc64, expected: string): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const actual = crc.decimal();
      done(actual === expected ? null : new ChecksumError(what, expected, actual));
    },
  });
}

/** @throws ChecksumError when the server tells another CRC-64 than `actual`; silence passes (spec/oss.md §1.10). */
export function assertChecksum(what: string, expected: string, actual: string): void {
  if (expected !== '' && expected !== actual) throw new ChecksumError(what, expected, actual);
}
