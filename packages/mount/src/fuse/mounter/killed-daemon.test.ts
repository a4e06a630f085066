import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuseWorld, type FuseWorld } from '../../testing/fuse-world.ts';
import { poll } from '../../testing/poll.ts';

const LARGE = 96 * 1024 * 1024;

/** A program that reads a file from its first to its last byte and says what it read. */
async function hashOf(path: string): Promise<string> {
  const child = spawn('sha256sum', ['--', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  return Buffer.concat(said).toString().split(' ')[0] ?? '';
}

/** Kills the process of that place (0: the active one) and waits until others have taken its part. */
async function kill(world: FuseWorld, place: 0 | 1): Promise<void> {
  const pid = (await world.daemonPids())[place];
  if (pid === undefined) throw new Error('there is no such process');
  process.kill(pid, 'SIGKILL');
  await poll(async () => {
    const pids = await world.daemonPids().catch((): number[] => []);
    return pids.length === 2 && !pids.includes(pid);
  });
}

describe('A mount daemon that is killed', () => {
  it('is replaced while programs read, and they only notice a pause', async () => {
    await using world = await fuseWorld({ 'in/small': 'small' });
    const bytes = Buffer.alloc(LARGE, 'every byte counts; ');
    await world.putBytes('in/large', bytes);
    const { path } = await world.mount('in/');
    const reading = Array.from({ length: 3 }, () => hashOf(join(path, 'large')));
    for (let kills = 0; kills < 3; kills += 1) await kill(world, 0);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(await Promise.all(reading)).toEqual([expected, expected, expected]);
    expect(await readFile(join(path, 'small'), 'utf8')).toBe('small');
    await writeFile(join(path, 'new'), 'n');
  });

  it('answers what its predecessor had been asked and could not answer', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const { path } = await world.mount('in/');
    await world.stop();
    const reading = readFile(join(path, 'a'), 'utf8');
    await kill(world, 0);
    await kill(world, 0);
    await world.restart();
    expect(await reading).toBe('alpha');
  });

  it('gets a new standby when that is killed', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const { path } = await world.mount('in/');
    const [active] = await world.daemonPids();
    await kill(world, 1);
    expect((await world.daemonPids())[0]).toBe(active);
    expect(await readFile(join(path, 'a'), 'utf8')).toBe('alpha');
  });

  it('is started anew when both are gone at once; dead mounts are cleared away and changes kept', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    const first = await world.mount('in/');
    await writeFile(join(first.path, 'new'), 'n');
    await poll(async () => (await world.daemonPids()).length === 2);
    const pids = await world.daemonPids();
    // None of them may start another one when the other is gone.
    for (const signal of ['SIGSTOP', 'SIGKILL']) for (const pid of pids) process.kill(pid, signal);
    await poll(async () =>
      readFile(join(first.path, 'a')).then(
        () => false,
        () => true,
      ),
    );
    const second = await world.mount('in/');
    expect(await readFile(join(second.path, 'a'), 'utf8')).toBe('alpha');
    await world.restart();
    const adopted = await world.adopt(0, 'in/');
    expect(await adopted.diff()).toEqual(['new']);
    expect(await readFile(join(adopted.path, 'a'), 'utf8')).toBe('alpha');
  });
});
