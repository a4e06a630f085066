import { readFile } from 'node:fs/promises';

import { systemClock } from '@rebatch/model';
import { openHostMounter } from '@rebatch/mount';
import { describe, expect, it } from 'vitest';

import { attemptSpec, attemptWorld } from './testing/attempt-world.ts';

/** An input of the bucket `films`. */
const input = (prefix: string, path: string, writable = false) => ({
  url: `oss://films/${prefix}`,
  path,
  writable,
});

describe('inputs that are copied although they should be mounted', () => {
  it('are told of in the first line of stderr', async () => {
    await using world = await attemptWorld();
    await world.put('in/a', 'alpha');
    const mounter = await openHostMounter({
      objects: world.objects,
      clock: systemClock,
      dataFolder: world.root,
      mode: 'auto',
      obstacle: () => Promise.resolve('/dev/fuse cannot be opened'),
      warn: () => undefined,
    });
    Object.assign(world.deps, { mounter });
    world.sandboxes.program = async (inside) => {
      await inside.print('stderr', await readFile(inside.path('/in/a'), 'utf8'));
      return 0;
    };
    await world.run(attemptSpec({ inputs: [input('in/', '/in/'), input('in/', '/again/')] }));
    expect(await world.text('logs/stderr.job-1.render.0')).toBe(
      'rebatch: inputs were copied before the program, since /dev/fuse cannot be opened\nalpha',
    );
  });
});
