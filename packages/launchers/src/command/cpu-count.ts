import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const LIMIT_FILE = '/sys/fs/cgroup/cpu.max';

/** Processors that this program may use, those that its container is limited to; at least one. */
export function cpuCount(limitFile: string = LIMIT_FILE): number {
  return Math.max(1, Math.min(availableParallelism(), limitIn(limitFile)));
}

/** `150000 100000`: one and a half processors; `max 100000`: no limit. */
function limitIn(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  const [, quota, period] = /^(\d+) (\d+)/.exec(text) ?? [];
  return quota === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Number(quota) / Number(period));
}
