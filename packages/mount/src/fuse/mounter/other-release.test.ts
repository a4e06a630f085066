import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTOCOL } from '../../host/mount-paths.ts';
import { fuseWorld } from '../../testing/fuse-world.ts';
import { poll } from '../../testing/poll.ts';

const OTHER = PROTOCOL + 1;

describe('A server that meets the mount daemon of another release', () => {
  it('leaves mounts with that daemon, and makes new ones with a daemon of its own', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha', 'in/b': 'beta' });
    await world.restart(OTHER);
    const { path } = await world.mount('in/');
    const [other] = await world.daemonPids();
    const file = await open(join(path, 'a'));
    await world.restart(PROTOCOL);
    await world.put('in/c', 'gamma');
    const mine = await world.mount('in/');
    expect(await readFile(join(mine.path, 'c'), 'utf8')).toBe('gamma');
    expect((await world.daemonPids())[0]).not.toBe(other);
    expect(await file.readFile('utf8')).toBe('alpha');
    await file.close();
    // This one the other daemon has to ask the server for.
    expect(await readFile(join(path, 'b'), 'utf8')).toBe('beta');
    await writeFile(join(path, 'new'), 'n');
    expect(await (await world.adopt(0, 'in/')).diff()).toEqual(['new']);
    await world.mounter.release(world.target(0));
    expect(await readFile(join(mine.path, 'a'), 'utf8')).toBe('alpha');
  });

  it('mounts anew what that daemon cannot answer for any more, with the changes', async () => {
    await using world = await fuseWorld({ 'in/a': 'alpha' });
    await world.restart(OTHER);
    const { path } = await world.mount('in/');
    await writeFile(join(path, 'new'), 'n');
    await poll(async () => (await world.daemonPids()).length === 2);
    for (const pid of (await world.daemonPids()).toReversed()) process.kill(pid, 'SIGKILL');
    await poll(() =>
      readFile(join(path, 'a')).then(
        () => false,
        () => true,
      ),
    );
    await world.restart(PROTOCOL);
    const adopted = await world.adopt(0, 'in/');
    expect(await readFile(join(adopted.path, 'a'), 'utf8')).toBe('alpha');
    expect(await adopted.diff()).toEqual(['new']);
  });
});
