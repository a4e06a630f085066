import { closeSync, fsyncSync, openSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock, Timer } from '@rebatch/model';

/**
 * Room that is kept for the worst moment: when the disk is full, a job can still be stopped and its end be written
 * down, which frees what the job took.
 */
export interface DiskReserve {
  /** Gives a piece of the room back to the disk when `error` says that the disk is full; true when that made room. */
  spend(error: unknown): boolean;
  close(): void;
}

/**
 * What is spent at a time. The program that filled the disk takes what a transaction leaves of it, so that everything
 * at once would help one transaction only.
 */
const PIECE_BYTES = 64 * 1024;

/** Milliseconds between two looks whether the reserve can be made again. */
const AGAIN_MS = 5000;
const SQLITE_FULL = 13;

/** Keeps `bytes` in a file at `path`; on a disk with little room, now or later, as soon as there is twice as much. */
export function openDiskReserve(path: string, bytes: number, clock: Clock): DiskReserve {
  let timer: Timer | undefined;
  const make = (): void => {
    const whole = sizeOf(path) === bytes || (hasRoom(path, bytes) && fill(path, bytes));
    timer = whole ? undefined : clock.after(AGAIN_MS, make);
  };
  make();
  return {
    spend(error) {
      const left = sizeOf(path);
      if (left === 0 || !isDiskFull(error)) return false;
      truncateSync(path, Math.max(0, left - PIECE_BYTES));
      timer ??= clock.after(AGAIN_MS, make);
      return true;
    },
    close: () => timer?.cancel(),
  };
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('errcode' in error && error.errcode === SQLITE_FULL) || ('code' in error && error.code === 'ENOSPC')
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function hasRoom(path: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize >= 2 * bytes;
}

/** Real zeros: a hole would take no room. False when the disk filled up meanwhile; what there is, is kept. */
function fill(path: string, bytes: number): boolean {
  const file = openSync(path, 'a', 0o600);
  try {
    for (let left = bytes - sizeOf(path); left > 0; ) {
      left -= writeSync(file, Buffer.alloc(Math.min(left, 1 << 20)));
    }
    fsyncSync(file);
    return true;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
