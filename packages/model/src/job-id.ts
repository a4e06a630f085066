import type { Clock } from './clock.ts';
import { momentSource } from './moment-source.ts';

/** True for `job-` and 32 upper-case hex digits (spec/batchcompute-api.md §6). */
export function isJobId(text: string): boolean {
  return /^job-[0-9A-F]{32}$/.test(text);
}

/** Names inside one millisecond that {@link newJobId} can tell apart. */
export const JOB_IDS_PER_MILLISECOND = 0x10_0000;

/**
 * A job id in the vendor's historical form: eight zeros, the second of creation in eight digits, then three digits of
 * milliseconds, five of a running number and eight of chance. Ids sort by time of creation as text.
 * @param nowMs milliseconds since the epoch
 * @param sequence running number inside the millisecond, below {@link JOB_IDS_PER_MILLISECOND}
 * @param random 32 bits of chance, so that two servers or two lives of one never meet
 */
export function newJobId(nowMs: number, sequence: number, random: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const milliseconds = Math.floor(nowMs) % 1000;
  return `job-00000000${hex(seconds, 8)}${hex(milliseconds, 3)}${hex(sequence, 5)}${hex(random, 8)}`;
}

/**
 * Makes job ids, each greater than the one before, also when the clock steps back.
 * @param random gives 32 bits of chance
 */
export function jobIdSource(clock: Pick<Clock, 'now'>, random: () => number = randomBits): () => string {
  const next = momentSource(clock, JOB_IDS_PER_MILLISECOND);
  return () => {
    const { ms, sequence } = next();
    return newJobId(ms, sequence, random());
  };
}

function randomBits(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
