import type { Answer } from '../api/create-api.ts';

/** Figures of the process and of the API, in the Prometheus text format. */
export interface ServerMetrics {
  count(answer: Answer): void;
  /** Our own lines, then those of `others`. */
  render(...others: string[]): string;
}

export function serverMetrics(): ServerMetrics {
  const answers = new Map<string, number>();
  const startSeconds = Date.now() / 1000 - process.uptime();
  return {
    count({ method, status }) {
      const labels = `method="${method}",status="${status}"`;
      answers.set(labels, (answers.get(labels) ?? 0) + 1);
    },
    render(...others) {
      const { user, system } = process.cpuUsage();
      const own = [
        ...family('process_cpu_seconds_total', 'counter', 'Processor time used.', [
          ['', (user + system) / 1e6],
        ]),
        ...family('process_resident_memory_bytes', 'gauge', 'Resident memory.', [
          ['', process.memoryUsage.rss()],
        ]),
        ...family('process_start_time_seconds', 'gauge', 'Start time since the epoch.', [['', startSeconds]]),
        ...family('rebatch_api_requests_total', 'counter', 'Answered API requests.', [...answers]),
      ];
      return [...own, ...others.map((text) => text.trimEnd()).filter((text) => text !== ''), ''].join('\n');
    },
  };
}

function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: [labels: string, value: number][],
): string[] {
  const lines = samples.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}
