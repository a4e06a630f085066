import type { Clock } from '@rebatch/model';
import type { Logger } from './logger.ts';

/** Milliseconds after which the same reason is told again. */
const SAME_AGAIN_MS = 60_000;

/** Tells that the store cannot be used and why; a disk that stays full does not fill the log, too. */
export function storeFailureLog(log: Logger, clock: Clock): (error: unknown) => void {
  let told: { reason: string; at: number } | undefined;
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const now = clock.now();
    if (told !== undefined && told.reason === reason && now - told.at < SAME_AGAIN_MS) return;
    told = { reason, at: now };
    log.error('the store cannot be used', { reason });
  };
}
