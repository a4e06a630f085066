import type { ExecutorHealth } from '../executor/executor.ts';
import type { Logger } from './logger.ts';

/** Tells when the executor goes away, and when it is back; not each time that it is looked for in vain. */
export function healthLog(log: Logger): (health: ExecutorHealth) => void {
  let reasonTold: string | undefined;
  return (health) => {
    const reason = health.available ? undefined : health.reason;
    if (reason === reasonTold) return;
    reasonTold = reason;
    if (reason === undefined) log.info('the executor is available again');
    else log.warn('the executor is not available', { reason });
  };
}
