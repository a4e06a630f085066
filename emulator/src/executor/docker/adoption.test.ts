import { describe, expect, it } from 'vitest';
import { dockerWorld } from './testing/docker-world.ts';
import { killServer } from './testing/kill-server.ts';

describe('a server that is killed while a program runs', () => {
  it('finds the program again with its log exactly once, however often it happens', async () => {
    await using world = await dockerWorld();
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}\n`).join('');
    const spec = world.spec({
      commandLine:
        'for i in $(seq 60); do echo line $i; echo $i >>runs; sleep 0.05; done; echo ok >/home/out/done; exit 5',
      outputs: [
        { path: '/home/out/', url: 'oss://films/out/' },
        { path: 'runs', url: 'oss://films/runs' },
      ],
    });
    await world.letGo();
    for (const share of [0.05, 0.3, 0.5]) {
      await killServer(
        [world.dataDir, JSON.stringify(spec)],
        (line) => line.type === 'log' && (line.size ?? 0) > share * lines.length,
      );
    }
    await world.takeUp();
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 5 });
    expect(await world.text('stdout')).toBe(lines);
    expect(await world.text('out/done')).toBe('ok\n');
    expect((await world.text('runs'))?.split('\n').length).toBe(61);
    // On a busy machine the last one killed may have written down the end already; the next then tells of nothing else.
    expect(['started,ended', 'ended']).toContain(world.events.map((event) => event.type).join());
  });

  it('collects a program that ended meanwhile', async () => {
    await using world = await dockerWorld();
    const spec = world.spec({ commandLine: 'echo up; sleep 0.3; echo over' });
    await world.letGo();
    await killServer([world.dataDir, JSON.stringify(spec)], (line) => line.type === 'started');
    await world.docker.getContainer(`rebatch-${spec.id}`).wait();
    await world.takeUp();
    expect(await world.run(spec)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await world.text('stdout')).toBe('up\nover\n');
  });
});
