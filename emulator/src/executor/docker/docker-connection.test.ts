import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { DockerGate } from './testing/docker-gate.ts';
import { dockerWorld } from './testing/docker-world.ts';

const often = { interval: 20 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-gate-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('a Docker daemon that is down', () => {
  it('is reported with its address and what to do, and attempts run when it comes up', async () => {
    await using gate = new DockerGate(join(folder, 'docker.sock'));
    await using world = await dockerWorld({ socketPath: gate.path });
    expect(world.executor.health()).toMatchObject({
      available: false,
      reason: expect.stringMatching(`does not answer at ${gate.path}.*Start it`),
    });
    const spec = world.spec({ commandLine: 'echo late' });
    world.executor.start(spec);
    await gate.open();
    expect(await world.ended(spec.id)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(world.executor.health()).toMatchObject({ available: true });
    expect(world.health.at(-1)).toMatchObject({ available: true });
  });

  it('does not disturb running programs while it is away', async () => {
    await using gate = new DockerGate(join(folder, 'docker.sock'));
    await gate.open();
    await using world = await dockerWorld({ socketPath: gate.path });
    const spec = world.spec({ commandLine: 'echo up; while [ ! -e go ]; do sleep 0.05; done; echo down' });
    world.executor.start(spec);
    await vi.waitUntil(async () => (await world.text('stdout')) === 'up\n', often);
    await gate.shut();
    await vi.waitUntil(() => !world.executor.health().available, often);
    await writeFile(join(world.dataDir, 'attempts', spec.id, 'work/go'), '');
    await vi.waitUntil(async () => (await world.text('stdout')) === 'up\ndown\n', often);
    await gate.open();
    expect(await world.ended(spec.id)).toEqual({ kind: 'exited', exitCode: 0 });
  });
});

test('an executor that is closed while a program runs keeps no connection to the daemon, which would keep the process', async () => {
  await using gate = new DockerGate(join(folder, 'docker.sock'));
  await gate.open();
  await using world = await dockerWorld({ socketPath: gate.path });
  const spec = world.spec({ commandLine: 'echo up; sleep 1000' });
  world.executor.start(spec);
  await vi.waitUntil(async () => (await world.text('stdout')) === 'up\n', often);
  expect(gate.inUse).toBe(true);
  await world.letGo();
  await vi.waitUntil(() => !gate.inUse, often);
  await world.takeUp();
});
