import { chainOf } from '../support/simulated-job.ts';
import { benchCreateJobs } from './control/create-jobs.ts';
import { benchLargeTask } from './control/large-task.ts';
import { type Night, runNight, SLOTS } from './control/night.ts';
import { startSlurm } from './control/slurm.ts';
import { type BenchRow, median } from './report.ts';

const INSTANCES = 6000;
const HOPS = 100;
const ROUNDS = 3;

/**
 * The scheduler through the real server and HTTP, with programs that do nothing, beside Slurm on the same array and
 * chain. Every run is audited; one broken law fails the whole benchmark.
 */
export async function benchControl(): Promise<BenchRow[]> {
  const array: Night[] = [];
  const chain: Night[] = [];
  const onNodes: Night[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    array.push(await runNight({ frames: { instances: INSTANCES } }));
    onNodes.push(await runNight({ frames: { instances: INSTANCES } }, 'cluster'));
    chain.push(await runNight(chainOf(HOPS)));
  }
  const own = [...(await benchCreateJobs()), ...(await benchLargeTask())];
  const slurm = await slurmFigures();
  // Slurm starts a real process for each instance, the simulated executor none.
  const peer = `${slurm.version}, with processes`;
  const rate = (INSTANCES / median(array.map(({ ms }) => ms))) * 1000;
  const nodeRate = (INSTANCES / median(onNodes.map(({ ms }) => ms))) * 1000;
  const hop = median(chain.map(({ ms }) => ms)) / HOPS;
  const memory = median(onNodes.map(({ memoryBytes }) => memoryBytes)) / 1e6;
  return [
    {
      id: `dispatch, ${INSTANCES} instances over ${SLOTS} slots`,
      value: rate,
      unit: '1/s',
      peer,
      peerValue: slurm.rate,
      ratio: rate / slurm.rate,
    },
    {
      id: `dispatch, ${INSTANCES} instances over ${SLOTS} nodes of a cluster`,
      value: nodeRate,
      unit: '1/s',
      peer,
      peerValue: slurm.rate,
      ratio: nodeRate / slurm.rate,
    },
    { id: 'memory after it', value: memory, unit: 'MB', peer: 'slurmctld', peerValue: slurm.memory / 1e6 },
    {
      id: `hop in a chain of ${HOPS} tasks`,
      value: hop,
      unit: 'ms',
      peer,
      peerValue: slurm.hop,
      ratio: hop / slurm.hop,
    },
    ...own,
  ];
}

async function slurmFigures(): Promise<{ version: string; rate: number; hop: number; memory: number }> {
  const slurm = await startSlurm(SLOTS);
  try {
    const rate = (INSTANCES / (await slurm.array(INSTANCES))) * 1000;
    const memory = await slurm.memoryBytes();
    return { version: slurm.version, rate, memory, hop: (await slurm.chain(HOPS)) / HOPS };
  } finally {
    await slurm.stop();
  }
}
