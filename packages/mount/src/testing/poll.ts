import { setTimeout } from 'node:timers/promises';

const PAUSE_MS = 20;

/** Asks again until the answer is yes. */
export async function poll(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(PAUSE_MS);
}
