import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Members } from '../file-store/sql/insert-content.ts';
import { joinedTail } from './append-segments.ts';

const MIB = 1024 * 1024;

/** Appends pieces one after the other, as the store does; gives the segments left and the bytes written for them. */
function appendAll(pieces: readonly number[]): { members: Members; written: number } {
  let members: Members = [];
  let written = 0;
  for (const [index, piece] of pieces.entries()) {
    const joined = joinedTail(members, piece);
    const size = joined.reduce((sum, [, bytes]) => sum + bytes, piece);
    written += size;
    members = [...members.slice(0, members.length - joined.length), [index, size]];
  }
  return { members, written };
}

test('the segments of any appends hold all bytes, none above 32 MiB unless it came so', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40 * MIB), { maxLength: 60 }), (pieces) => {
      const { members } = appendAll(pieces);
      const total = pieces.reduce((sum, bytes) => sum + bytes, 0);
      expect(members.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(total);
      const largest = Math.max(32 * MIB, ...pieces);
      expect(members.every(([, bytes]) => bytes <= largest)).toBe(true);
    }),
  );
});

test('a log of ten thousand equal lines is a handful of segments, each byte written some ten times', () => {
  const { members, written } = appendAll(Array.from({ length: 10_000 }, () => 100));
  expect(members.length).toBeLessThan(15);
  expect(written / 1_000_000).toBeLessThan(15);
});

test('pieces that get ever smaller do not make an ever longer list', () => {
  const { members } = appendAll(Array.from({ length: 3000 }, (_, index) => 3001 - index));
  expect(members.length).toBeLessThanOrEqual(401);
});
