import { access, appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { describe, expect, it, vi } from 'vitest';
import { forgetAttempt } from './forget-attempt.ts';
import { knownAttempt, knownAttempts } from './known-attempts.ts';
import { attemptSpec, attemptWorld } from './testing/attempt-world.ts';

const untilKilled = (): Promise<number> => new Promise<number>(() => undefined);

describe('going on with an attempt', () => {
  it('adopts a running program after being let go, with its log complete and started once', async () => {
    await using world = await attemptWorld();
    const { promise: goOn, resolve: release } = Promise.withResolvers<void>();
    world.sandboxes.program = async (inside) => {
      await inside.print('stdout', 'one\n');
      await goOn;
      await inside.print('stdout', 'two\n');
      return 0;
    };
    const letGo = new AbortController();
    const first = world.run(attemptSpec(), { letGo: letGo.signal });
    await vi.waitUntil(async () => (await world.text('logs/stdout.job-1.render.0')) === 'one\n');
    const wait = vi.spyOn(world.sandboxes, 'wait');
    letGo.abort();
    const second = world.run(attemptSpec());
    await vi.waitUntil(() => wait.mock.calls.length > 0);
    release();
    expect(await second).toEqual({ kind: 'exited', exitCode: 0 });
    await first;
    expect(await world.text('logs/stdout.job-1.render.0')).toBe('one\ntwo\n');
    expect(world.sandboxes.boxes.get('job-1.render.0.0')?.starts).toBe(1);
  });

  it('counts the time of an adopted program from its own start', async () => {
    const clock = manualClock();
    await using world = await attemptWorld(clock);
    world.sandboxes.program = untilKilled;
    const letGo = new AbortController();
    const spec = attemptSpec({ timeoutSeconds: 60 });
    const first = world.run(spec, { letGo: letGo.signal });
    await vi.waitUntil(() => world.events.length === 1);
    letGo.abort();
    clock.advance(59_000);
    const terminate = vi.spyOn(world.sandboxes, 'terminate');
    const second = world.run(spec);
    await vi.waitUntil(() => world.events.length === 1);
    expect(terminate).not.toHaveBeenCalled();
    clock.advance(1000);
    expect(terminate).toHaveBeenCalledWith(spec.id);
    await world.sandboxes.kill(spec.id);
    expect(await second).toMatchObject({ kind: 'killed', reason: 'timeout' });
    await first;
  });

  it('starts a sandbox that was made but not started', async () => {
    await using world = await attemptWorld();
    const letGo = new AbortController();
    vi.spyOn(world.sandboxes, 'start').mockImplementationOnce(() => {
      letGo.abort();
      return Promise.reject(new Error('the server died here'));
    });
    expect(await world.run(attemptSpec(), { letGo: letGo.signal })).toBeUndefined();
    expect(await world.run(attemptSpec())).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('prepares again what was cut short', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'a');
    const spec = attemptSpec({ inputs: [{ url: 'oss://films/in/', path: '/in/', writable: false }] });
    const folder = join(world.root, 'attempts', spec.id);
    await mkdir(join(folder, 'work'), { recursive: true });
    await mkdir(join(folder, 'inputs/0'), { recursive: true });
    await writeFile(join(folder, 'work/half'), '');
    world.sandboxes.program = async (inside) => {
      await expect(access(inside.path('/batchcompute/workdir/half'))).rejects.toThrow('ENOENT');
      return (await readFile(inside.path('/in/a'), 'utf8')) === 'a' ? 0 : 1;
    };
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 0 });
  });

  it('reports an attempt as lost whose program had begun and whose sandbox is gone', async () => {
    await using world = await attemptWorld();
    const folder = join(world.root, 'attempts', 'job-1.render.0.0', 'logs');
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, 'stdout'), 'last words\n');
    expect(await world.run(attemptSpec())).toMatchObject({ kind: 'lost' });
    expect(await world.text('logs/stdout.job-1.render.0')).toBe('last words\n');
  });

  it('reports an attempt as lost that was ended from outside', async () => {
    await using world = await attemptWorld();
    world.sandboxes.program = untilKilled;
    const running = world.run(attemptSpec());
    await vi.waitUntil(() => world.events.length === 1);
    await world.sandboxes.kill('job-1.render.0.0');
    expect(await running).toMatchObject({ kind: 'lost' });
  });

  it('reports the same end again until it is forgotten, and then has no trace of it', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'a');
    const inputs = [{ url: 'oss://films/in/', path: '/in/', writable: false }];
    world.sandboxes.program = () => Promise.resolve(7);
    await world.run(attemptSpec({ inputs }));
    expect(await world.run(attemptSpec({ inputs }))).toEqual({ kind: 'exited', exitCode: 7 });
    expect(await knownAttempts(world.deps.attemptsFolder)).toEqual(['job-1.render.0.0']);
    expect(await knownAttempt(world.deps.attemptsFolder, 'job-1.render.0.0')).toEqual(
      attemptSpec({ inputs }),
    );
    await forgetAttempt('job-1.render.0.0', world.deps);
    expect(await knownAttempts(world.deps.attemptsFolder)).toEqual([]);
    expect(world.sandboxes.boxes.size).toBe(0);
  });
});
