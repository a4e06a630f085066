import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOk } from '../support/run.ts';
import { turntableScene } from '../support/scenes.ts';
import { REBATCH, startServer } from '../support/server.ts';
import { type BenchRow, median, timed } from './report.ts';
import { benchAddedPerInstance } from './worker/instances.ts';

const FRAMES = 24;
const ROUNDS = 3;
const IMAGE = 'rebatch/blender:latest';

/** Farm against a plain loop on the same frames, and what one instance costs beside the container itself. */
export async function benchRender(): Promise<BenchRow[]> {
  return [...(await farmAgainstLoop()), ...(await benchAddedPerInstance())];
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
