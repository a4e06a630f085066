import { ClusterClient } from '@rebatch/client';
import { auditOrThrow, type AuditedJob } from '../../support/audit.ts';
import { residentBytes } from '../../support/resident-bytes.ts';
import { type StartedServer, startServer } from '../../support/server.ts';
import { simulatedJob, type SimulatedTasks } from '../../support/simulated-job.ts';
import { jobEnd } from '../../support/submit-render.ts';
import { until } from '../../support/until.ts';

/** Room for attempts in every run: a studio's farm. */
export const SLOTS = 1200;

/** A server whose programs do nothing for as long as `duration` says and whose sandboxes keep a journal. */
export function simulatedServer(duration: string, dataDir?: string): Promise<StartedServer> {
  return startServer({
    executor: 'simulated',
    simulate: `duration=${duration},keep=1`,
    slots: SLOTS,
    ...(dataDir === undefined ? {} : { dataDir }),
    env: { REBATCH_LOG: 'warn' },
  });
}

export interface Night {
  /** From the submission until the last end was stored. */
  ms: number;
  /** Resident bytes of the server right after. */
  memoryBytes: number;
}

/**
 * Runs one job on a new server and audits what its sandboxes went through. `on`: in free slots, or on a cluster of as
 * many machines.
 */
export async function runNight(tasks: SimulatedTasks, on: 'slots' | 'cluster' = 'slots'): Promise<Night> {
  const server = await simulatedServer('5ms');
  try {
    const clusterId = on === 'cluster' ? await bootCluster(server) : undefined;
    // The first request pays for opening the connection and compiling the code on its way.
    const warm: AuditedJob = { id: await submit(server, WARM_UP, clusterId), tasks: WARM_UP };
    await jobEnd(server, warm.id);
    const begin = Date.now();
    const job: AuditedJob = { id: await submit(server, tasks, clusterId), tasks };
    await jobEnd(server, job.id);
    const memoryBytes = await residentBytes(server.pid);
    const { storedAt } = await auditOrThrow(server, SLOTS, [warm, job]);
    return { ms: storedAt - begin, memoryBytes };
  } finally {
    await server.dispose();
  }
}

/** A cluster of {@link SLOTS} machines, all of them up. */
async function bootCluster({ api, accessKeyId, accessKeySecret }: StartedServer): Promise<string> {
  const clusters = new ClusterClient({ endpoint: api, accessKeyId, accessKeySecret });
  const id = await clusters.createCluster({
    Name: 'farm',
    ImageId: 'img-ubuntu',
    InstanceType: 'ecs.sn1ne.large',
    Groups: { group1: { DesiredVMCount: SLOTS } },
  });
  const up = async (): Promise<boolean> => {
    const nodes = await Array.fromAsync(clusters.nodes(id, 'group1'));
    return nodes.filter(({ State }) => State === 'Running').length === SLOTS;
  };
  await until('all machines are up', up);
  return id;
}

const WARM_UP: SimulatedTasks = { warm: { instances: 20 } };

export function submit(
  { client }: StartedServer,
  tasks: SimulatedTasks,
  clusterId?: string,
): Promise<string> {
  return client.createJob(simulatedJob(tasks, clusterId));
}
