import type { Answer } from '../api/create-api.ts';
import { Histogram } from '../events/histogram.ts';
import { metricFamily } from '../events/metric-family.ts';

/** Figures of the process and of the API, in the Prometheus text format. */
export interface ServerMetrics {
  count(answer: Answer): void;
  /** Something could not be stored. */
  storeFailed(): void;
  /** Our own lines, then those of `others`. */
  render(...others: string[]): string;
}

/** Seconds of an answer: from memory, from the store, a slow disk, something is wrong. */
const ANSWER_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Answers that take as long as somebody listens say nothing about how fast the server is. */
const ENDLESS = /^\/(?:events|jobs\?(?:.*&)?sync\b)/;

/** `storeBytes`: size of the job store's files. */
export function serverMetrics(storeBytes: () => number): ServerMetrics {
  const answers = new Map<string, number>();
  const times = new Histogram(ANSWER_BUCKETS);
  let storeFailures = 0;
  const startSeconds = Date.now() / 1000 - process.uptime();
  return {
    storeFailed() {
      storeFailures++;
    },
    count({ method, status, target, seconds }) {
      if (!ENDLESS.test(target)) times.observe(seconds);
      const labels = `method="${method}",status="${status}"`;
      answers.set(labels, (answers.get(labels) ?? 0) + 1);
    },
    render(...others) {
      const { user, system } = process.cpuUsage();
      const own = [
        ...metricFamily('process_cpu_seconds_total', 'counter', 'Processor time used.', [
          ['', (user + system) / 1e6],
        ]),
        ...metricFamily('process_resident_memory_bytes', 'gauge', 'Resident memory.', [
          ['', process.memoryUsage.rss()],
        ]),
        ...metricFamily('process_start_time_seconds', 'gauge', 'Start time since the epoch.', [
          ['', startSeconds],
        ]),
        ...metricFamily('rebatch_api_requests_total', 'counter', 'Answered API requests.', [...answers]),
        '# HELP rebatch_api_request_seconds From the first byte in to the last byte out.',
        '# TYPE rebatch_api_request_seconds histogram',
        ...times.render('rebatch_api_request_seconds'),
        ...metricFamily('rebatch_store_bytes', 'gauge', 'Size of the job store.', [['', storeBytes()]]),
        ...metricFamily('rebatch_store_failures_total', 'counter', 'Times that nothing could be stored.', [
          ['', storeFailures],
        ]),
      ];
      return [...own, ...others.map((text) => text.trimEnd()).filter((text) => text !== ''), ''].join('\n');
    },
  };
}
