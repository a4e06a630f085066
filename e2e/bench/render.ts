import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { runOk } from '../support/run.ts';
import { turntableScene } from '../support/scenes.ts';
import { REBATCH, type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { type BenchRow, median, timed } from './report.ts';

const FRAMES = 24;
const ROUNDS = 3;
const INSTANCES = 30;
const IMAGE = 'rebatch/blender:latest';

/** Farm against a plain loop on the same frames, and what one instance costs beside the container itself. */
export async function benchRender(): Promise<BenchRow[]> {
  return [...(await farmAgainstLoop()), ...(await addedPerInstance())];
}

/** `rebatch render` from upload to the last downloaded frame, and `blender -b -a` in one container, in turn. */
async function farmAgainstLoop(): Promise<BenchRow[]> {
  const scene = await turntableScene();
  const server = await startServer({ slots: 2 });
  const out = await mkdtemp(join(tmpdir(), 'rebatch-bench-'));
  try {
    const farm: number[] = [];
    const loop: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const args = [
        'render',
        scene,
        '--frames',
        `1-${FRAMES}`,
        '--instances',
        '2',
        '--no-contact-sheet',
        '--no-movie',
      ];
      farm.push(
        await timed(() =>
          runOk(process.execPath, [REBATCH, ...args, '--output', join(out, `farm-${round}`)], {
            env: server.env,
          }),
        ),
      );
      const mounts = ['-v', `${scene}:/scene.blend:ro`, '-v', `${join(out, `loop-${round}`)}:/out`];
      const blender = [
        '-b',
        '/scene.blend',
        '-o',
        '/out/####.png',
        '-F',
        'PNG',
        '-s',
        '1',
        '-e',
        String(FRAMES),
        '-a',
      ];
      loop.push(
        await timed(() =>
          runOk('docker', ['run', '--rm', ...mounts, IMAGE, '/opt/rebatch/blender', ...blender]),
        ),
      );
    }
    const ratio = median(farm.map((ms, round) => ms / (loop[round] ?? Number.NaN)));
    return [
      {
        id: `render ${FRAMES} frames`,
        value: median(farm) / 1000,
        unit: 's',
        peer: 'blender -b -a',
        peerValue: median(loop) / 1000,
        ratio,
      },
    ];
  } finally {
    await server.dispose();
    await rm(out, { recursive: true, force: true });
  }
}

/** A job of instances that do nothing, one slot, against the same containers by dockerode alone. */
async function addedPerInstance(): Promise<BenchRow[]> {
  const server = await startServer({ slots: 1 });
  try {
    const farm: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      farm.push((await jobMilliseconds(server)) / INSTANCES);
      raw.push((await timed(rawContainers)) / INSTANCES);
    }
    return [
      {
        id: 'one empty instance',
        value: median(farm),
        unit: 'ms',
        peer: 'dockerode create+start+wait+remove',
        peerValue: median(raw),
        ratio: median(farm.map((ms, round) => ms / (raw[round] ?? Number.NaN))),
      },
      {
        id: 'added per instance',
        value: median(farm.map((ms, round) => ms - (raw[round] ?? Number.NaN))),
        unit: 'ms',
      },
    ];
  } finally {
    await server.dispose();
  }
}

/** From submission to Finished, logs kept as a real job would. */
async function jobMilliseconds({ client, objects }: StartedServer): Promise<number> {
  await objects.makeBucket('bench');
  return timed(async () => {
    const id = await client.createJob({
      Name: 'empty',
      Type: 'DAG',
      DAG: {
        Tasks: {
          nothing: {
            InstanceCount: INSTANCES,
            Timeout: 600,
            AutoCluster: { ImageId: 'img-ubuntu' },
            Parameters: {
              Command: { CommandLine: 'true' },
              StdoutRedirectPath: 'oss://bench/logs/',
              StderrRedirectPath: 'oss://bench/logs/',
            },
          },
        },
        Dependencies: {},
      },
    });
    await until('the job ends', async () => (await client.getJob(id)).State === 'Finished');
  });
}

async function rawContainers(): Promise<void> {
  const docker = new Docker();
  for (let n = 0; n < INSTANCES; n++) {
    const container = await docker.createContainer({
      Image: 'rebatch/img-ubuntu:latest',
      Cmd: ['/bin/sh', '-c', 'true'],
    });
    await container.start();
    await container.wait();
    await container.remove();
  }
}
