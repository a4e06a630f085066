import Docker from 'dockerode';
import { type StartedServer, startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { type BenchRow, median, timed } from '../report.ts';

const ROUNDS = 3;
const INSTANCES = 20;
const AT_ONCE = 4;
const IMAGE = 'rebatch/img-ubuntu:latest';
const RAW = 'dockerode create+start+wait+remove';

/** What an instance costs beside its container, and how much of the engine's own pace is left at four at once. */
export async function benchInstances(): Promise<BenchRow[]> {
  return [
    ...(await benchAddedPerInstance()),
    ...(await benchAddedPerInstance('with a mount')),
    await shareOfCeiling(),
  ];
}

/** A job of instances that do nothing, one slot, against the same containers by dockerode alone, in turn. */
export async function benchAddedPerInstance(mounts?: 'with a mount'): Promise<BenchRow[]> {
  const { own, raw } = await inTurn(1, INSTANCES, mounts !== undefined);
  const suffix = mounts === undefined ? '' : `, ${mounts}`;
  return [
    {
      id: `one empty instance${suffix}`,
      value: median(own),
      unit: 'ms',
      peer: RAW,
      peerValue: median(raw),
      ratio: median(own.map((ms, round) => ms / (raw[round] ?? Number.NaN))),
    },
    {
      id: `added per instance${suffix}`,
      value: median(own.map((ms, round) => ms - (raw[round] ?? Number.NaN))),
      unit: 'ms',
    },
  ];
}

/** Containers a second with four slots, beside four loops of dockerode. */
async function shareOfCeiling(): Promise<BenchRow> {
  const { own, raw } = await inTurn(AT_ONCE, 2 * INSTANCES, false);
  return {
    id: `containers, ${AT_ONCE} at once`,
    value: 1000 / median(own),
    unit: '1/s',
    peer: `dockerode, ${AT_ONCE} loops`,
    peerValue: 1000 / median(raw),
    ratio: median(raw.map((ms, round) => ms / (own[round] ?? Number.NaN))),
  };
}

/** Milliseconds that one of `count` instances takes on the whole, a figure for each round. */
async function inTurn(
  slots: number,
  count: number,
  mounts: boolean,
): Promise<{ own: number[]; raw: number[] }> {
  const server = await startServer({ slots });
  try {
    await server.objects.makeBucket('bench');
    await server.objects.put('bench', 'in/scene', 'bytes');
    const own: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      own.push((await jobMilliseconds(server, count, mounts)) / count);
      raw.push((await timed(() => rawContainers(slots, count))) / count);
    }
    return { own, raw };
  } finally {
    await server.dispose();
  }
}

/** From submission to Finished, logs kept as a real job would. */
function jobMilliseconds({ client }: StartedServer, count: number, mounts: boolean): Promise<number> {
  return timed(async () => {
    const id = await client.createJob({
      Name: 'empty',
      Type: 'DAG',
      DAG: {
        Tasks: {
          nothing: {
            InstanceCount: count,
            Timeout: 600,
            AutoCluster: { ImageId: 'img-ubuntu' },
            ...(mounts ? { InputMapping: { 'oss://bench/in/': '/home/in/' } } : {}),
            Parameters: {
              Command: { CommandLine: mounts ? 'test -s /home/in/scene' : 'true' },
              StdoutRedirectPath: 'oss://bench/logs/',
              StderrRedirectPath: 'oss://bench/logs/',
            },
          },
        },
        Dependencies: {},
      },
    });
    await until('the job ends', async () => {
      const { State } = await client.getJob(id);
      if (State === 'Failed') throw new Error('an instance of the benchmark failed');
      return State === 'Finished';
    });
  });
}

async function rawContainers(loops: number, count: number): Promise<void> {
  const docker = new Docker();
  let started = 0;
  const loop = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      const container = await docker.createContainer({ Image: IMAGE, Cmd: ['/bin/sh', '-c', 'true'] });
      await container.start();
      await container.wait();
      await container.remove();
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
}
