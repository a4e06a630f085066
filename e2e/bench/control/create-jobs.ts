import { auditOrThrow, type AuditedJob } from '../../support/audit.ts';
import { residentBytes } from '../../support/resident-bytes.ts';
import type { SimulatedTasks } from '../../support/simulated-job.ts';
import { jobEnd } from '../../support/submit-render.ts';
import { until } from '../../support/until.ts';
import { type BenchRow, timed } from '../report.ts';
import { simulatedServer, SLOTS, submit } from './night.ts';
import { percentile } from './percentile.ts';

const JOBS = 3000;
const WARM_UP = 200;
const CLIENTS = 4;
const TASKS: SimulatedTasks = { work: { instances: 1 } };

/** Durable submissions by several clients at once, while the jobs already run. */
export async function benchCreateJobs(): Promise<BenchRow[]> {
  const server = await simulatedServer('5ms');
  try {
    const jobs: AuditedJob[] = [];
    const answers: number[] = [];
    const submitAll = async (count: number, times: number[]): Promise<void> => {
      let left = count;
      const customer = async (): Promise<void> => {
        while (left-- > 0) {
          const begin = performance.now();
          jobs.push({ id: await submit(server, TASKS), tasks: TASKS });
          times.push(performance.now() - begin);
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, customer));
    };
    await submitAll(WARM_UP, []);
    const ms = await timed(() => submitAll(JOBS, answers));
    const memoryBytes = await residentBytes(server.pid);
    await until('all jobs are done', async () => {
      const [running, waiting] = await Promise.all([
        server.client.listJobs({ state: 'Running' }, { limit: 1 }),
        server.client.listJobs({ state: 'Waiting' }, { limit: 1 }),
      ]);
      return running.Items.length + waiting.Items.length === 0;
    });
    for (const { id } of jobs.slice(-CLIENTS)) await jobEnd(server, id);
    await auditOrThrow(server, SLOTS, jobs);
    return [
      { id: 'CreateJob', value: (JOBS / ms) * 1000, unit: '1/s' },
      { id: 'CreateJob p95', value: percentile(answers, 95), unit: 'ms' },
      { id: `memory with ${JOBS + WARM_UP} jobs`, value: memoryBytes / 1e6, unit: 'MB' },
    ];
  } finally {
    await server.dispose();
  }
}
