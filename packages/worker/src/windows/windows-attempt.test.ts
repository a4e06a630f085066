import { access, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { AttemptDeps } from '../attempt-deps.ts';
import { WINDOWS_PROGRAM } from '../sandbox/program-script.ts';
import { attemptSpec, attemptWorld } from '../testing/attempt-world.ts';

const imagesOf = (platform: 'linux' | 'windows'): Required<AttemptDeps>['images'] => ({
  provide: (wanted) => Promise.resolve(wanted.image),
  platformOf: () => Promise.resolve(platform),
  readFolder: () => Promise.resolve(),
});

test('a task of a Windows image finds its drives, its package on C, and its words as they are', async () => {
  await using world = await attemptWorld();
  world.deps.images = imagesOf('windows');
  await world.put('work.py', 'print(1)');
  await world.put('scenes/a.max', 'scene');
  let seen: { command: string[]; env: Record<string, string> } | undefined;
  world.sandboxes.program = async (inside) => {
    seen = inside.spec;
    await access(inside.path('/drives/c/batchcompute/workdir/work.py'));
    const scene = await readFile(inside.path('/drives/d/a.max'), 'utf8');
    await writeFile(inside.path('/drives/c/tmp/2026_01_02/test0001.jpg'), `picture of ${scene}`);
    return 256;
  };
  const outcome = await world.run(
    attemptSpec({
      contract: 'vm',
      commandLine: 'python work.py -o C:\\\\tmp\\\\ "D:\\"x',
      packageUrl: 'oss://films/work.py',
      env: { Path: 'C:\\tools', FOO: 'bar', LD_PRELOAD: 'x' },
      inputs: [{ url: 'oss://films/scenes/', path: 'D:', writable: false }],
      outputs: [{ path: 'C:\\\\tmp\\\\\\2026_01_02\\\\', url: 'oss://films/ret/' }],
    }),
  );
  expect(outcome).toEqual({ kind: 'exited', exitCode: 256 });
  expect(await world.text('ret/test0001.jpg')).toBe('picture of scene');
  expect(seen?.command.slice(-3)).toEqual([
    WINDOWS_PROGRAM,
    '/.rebatch/logs/exit-code',
    'python work.py -o C:\\\\tmp\\\\ "D:\\"x',
  ]);
  expect(seen?.env).toMatchObject({
    REBATCH_ENV_Path: 'C:\\tools',
    FOO: 'bar',
    REBATCH_ENV_LD_PRELOAD: 'x',
    BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2',
  });
  expect(seen?.env).not.toHaveProperty('LD_PRELOAD');
});

test('exit codes of Windows are told whole, and none of them is a signal', async () => {
  await using world = await attemptWorld();
  world.deps.images = imagesOf('windows');
  for (const [instanceId, exitCode] of [-1073741819, 70000, 137].entries()) {
    world.sandboxes.program = () => Promise.resolve(exitCode);
    const spec = attemptSpec({ instanceId, id: `job-1.render.${instanceId}.0`, contract: 'vm' });
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode });
  }
});

test('a task goes on as it was begun when its image became another meanwhile', async () => {
  await using world = await attemptWorld();
  world.deps.images = imagesOf('windows');
  const spec = attemptSpec({
    contract: 'vm',
    outputs: [{ path: 'E:\\out\\', url: 'oss://films/out/' }],
  });
  const letGo = new AbortController();
  const wrote = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  world.sandboxes.program = async (inside) => {
    await writeFile(inside.path('/drives/e/out/x'), 'x');
    wrote.resolve();
    await mayEnd.promise;
    return 0;
  };
  const first = world.run(spec, { letGo: letGo.signal });
  await wrote.promise;
  letGo.abort(new Error('the server stops'));
  mayEnd.resolve();
  await first;
  world.deps.images = imagesOf('linux');
  expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 0 });
  expect(await world.text('out/x')).toBe('x');
});

const mapped = (path: string): Parameters<typeof attemptSpec>[0] => ({
  inputs: [{ url: 'oss://films/scenes/', path, writable: false }],
});

test('paths of the wrong system are refused before anything runs', async () => {
  await using world = await attemptWorld();
  world.deps.images = imagesOf('linux');
  expect(await world.run(attemptSpec(mapped('D:')))).toMatchObject({
    code: 'InvalidInputMapping',
    message: expect.stringContaining('"D:" is a Windows path, but the task runs on Linux'),
  });
  world.deps.images = imagesOf('windows');
  expect(await world.run(attemptSpec({ ...mapped('/home/x/'), attempt: 1 }))).toMatchObject({
    code: 'InvalidInputMapping',
    message: expect.stringContaining('the task runs on Windows'),
  });
});
