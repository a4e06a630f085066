import type { Happening } from '../events/happening.ts';
import type { Logger } from './logger.ts';

/** A job that failed is news; all else that goes its way is detail. */
export function logHappening(log: Logger, happening: Happening): void {
  switch (happening.type) {
    case 'job': {
      const { jobId, owner, from, to } = happening;
      if (to === 'Failed') log.info('a job failed', { jobId, owner });
      else log.debug('a job changed', { jobId, owner, from, to });
      break;
    }
    case 'cluster':
      log.debug('a cluster changed', {
        name: happening.event,
        clusterId: happening.clusterId,
        nodeId: happening.nodeId,
      });
      break;
    case 'dispatched':
    case 'started':
      log.debug(`an attempt was ${happening.type}`, {
        attemptId: happening.attemptId,
        afterMs: happening.afterMs,
      });
      break;
    case 'ended': {
      const { attemptId, outcome } = happening;
      const { kind, ...rest } = outcome;
      log.debug('an attempt ended', { attemptId, outcome: kind, ...rest });
      break;
    }
  }
}
