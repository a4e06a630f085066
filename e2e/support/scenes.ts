import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CACHE, ROOT } from './paths.ts';
import { runOk } from './run.ts';

/** A scene of 24 frames, 96×54, made by the image's own Blender once; more samples make each frame take longer. */
export function tinyScene(samples = 2): Promise<string> {
  return makeScene(join(ROOT, 'e2e/scenes/tiny.py'), join(CACHE, `e2e/tiny2-${samples}.blend`), [
    String(samples),
  ]);
}

/** The demo's scene: 24 frames at 480×270 (examples/turntable). */
export function turntableScene(): Promise<string> {
  return makeScene(join(ROOT, 'examples/turntable/make-scene.py'), join(CACHE, 'e2e/turntable.blend'), []);
}

/** Runs a scene script in the blender image unless its result is there already. */
async function makeScene(script: string, target: string, args: string[]): Promise<string> {
  if (existsSync(target)) return target;
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const draft = `.${process.pid}-${Date.now()}.blend`;
  const mounts = ['-v', `${dirname(script)}:/scene:ro`, '-v', `${folder}:/out`];
  const blender = [
    'blender',
    '-b',
    '--python-exit-code',
    '1',
    '--python',
    `/scene/${basename(script)}`,
    '--',
    `/out/${draft}`,
  ];
  await runOk('docker', [
    'run',
    '--rm',
    '--network',
    'none',
    ...mounts,
    'rebatch/blender:latest',
    ...blender,
    ...args,
  ]);
  await rename(join(folder, draft), target);
  return target;
}
