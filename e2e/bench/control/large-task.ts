import { auditOrThrow, type AuditedJob } from '../../support/audit.ts';
import { residentBytes } from '../../support/resident-bytes.ts';
import type { StartedServer } from '../../support/server.ts';
import type { SimulatedTasks } from '../../support/simulated-job.ts';
import { jobEnd } from '../../support/submit-render.ts';
import { until } from '../../support/until.ts';
import { type BenchRow, median, timed } from '../report.ts';
import { simulatedServer, SLOTS, submit } from './night.ts';
import { percentile } from './percentile.ts';

const LARGE: SimulatedTasks = { frames: { instances: 100_000 } };
const RUNNING: SimulatedTasks = { frames: { instances: 1000 } };
const SUBMISSIONS = 20;
const PAGES = 300;
const PAGE = 100;
/** Milliseconds that the programs take which are under way when the server is killed. */
const UNDER_WAY_MS = 20_000;

/** One task of 100,000 instances: submitted, run, read page by page; and a restart with all of them behind it. */
export async function benchLargeTask(): Promise<BenchRow[]> {
  return [...(await benchSubmission()), ...(await benchRestart())];
}

async function benchSubmission(): Promise<BenchRow[]> {
  const server = await simulatedServer('1h');
  try {
    const answers: number[] = [];
    for (let n = 0; n < SUBMISSIONS; n++) {
      let id = '';
      answers.push(
        await timed(async () => {
          id = await submit(server, LARGE);
        }),
      );
      await server.client.stopJob(id);
      const { InstanceMetrics: counts } = await server.client.getJob(id);
      if (counts.StoppedCount !== 100_000) throw new Error(`A stopped job counts ${JSON.stringify(counts)}.`);
      await server.client.deleteJob(id);
    }
    return [{ id: 'CreateJob of 100,000 instances', value: median(answers), unit: 'ms' }];
  } finally {
    await server.dispose();
  }
}

async function benchRestart(): Promise<BenchRow[]> {
  const first = await simulatedServer('1ms');
  let server: StartedServer = first;
  try {
    const large: AuditedJob = { id: await submit(server, LARGE), tasks: LARGE };
    await jobEnd(server, large.id);
    const pages = await pageMilliseconds(server, large.id);
    const memory = await residentBytes(server.pid);

    await server.kill();
    server = await simulatedServer(`${UNDER_WAY_MS}ms`, first.dataDir);
    const running: AuditedJob = { id: await submit(server, RUNNING), tasks: RUNNING };
    await until('1,000 run', async () => (await busy(server)) === 1000);
    await server.kill();
    const restart = await timed(() => server.restart());
    const adopted = await busy(server);
    if (adopted !== 1000) throw new Error(`After the restart ${adopted} of 1000 attempts are known.`);
    const memoryAfter = await residentBytes(server.pid);
    await jobEnd(server, running.id);
    await auditOrThrow(server, SLOTS, [large, running]);
    return [
      { id: 'page of 100 of 100,000, p95', value: percentile(pages, 95), unit: 'ms' },
      { id: 'memory after 100,000 instances', value: memory / 1e6, unit: 'MB' },
      { id: 'restart, 100,000 done, 1,000 adopted', value: restart, unit: 'ms' },
      { id: 'memory after that restart', value: memoryAfter / 1e6, unit: 'MB' },
    ];
  } finally {
    await server.dispose();
  }
}

async function pageMilliseconds({ client }: StartedServer, id: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < PAGES; n++) {
    const marker = String((n * 7919) % (100_000 - PAGE));
    const begin = performance.now();
    const { Items: items } = await client.listInstances(id, 'frames', {}, { marker, limit: PAGE });
    times.push(performance.now() - begin);
    if (items.length !== PAGE) throw new Error(`A page from ${marker} has ${items.length} instances.`);
  }
  return times;
}

async function busy({ api }: StartedServer): Promise<number> {
  const metrics = await (await fetch(`${api}/metrics`)).text();
  return Number(/^rebatch_slots_busy (\d+)$/m.exec(metrics)?.[1]);
}
