import { describe, expect, it } from 'vitest';
import { dockerWorld } from './testing/docker-world.ts';

/** 场景 and 结果 in GBK, as a shell's printf writes them. */
const SCENE = '\\263\\241\\276\\260';
const RESULT = '\\275\\341\\271\\373';

describe('A program that wants file names in GBK', () => {
  it.each(['auto', 'stage-in'] as const)(
    'finds its inputs by them, and what it makes gets its name back (serve --mounts %s)',
    async (mounts) => {
      await using world = await dockerWorld({ mounts });
      await world.put('in/场景', 'scene');
      const outcome = await world.run({
        charset: 'gbk',
        inputs: [{ url: 'oss://films/in/', path: '/in/', writable: true, charset: 'gbk' }],
        outputs: [{ path: '/out/', url: 'oss://films/out/' }],
        commandLine: `scene=$(printf '${SCENE}'); result=$(printf '${RESULT}'); cat /in/$scene; mkdir /out/$scene; echo o >/out/$scene/$result; echo i >/in/$result`,
      });
      expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
      expect(await world.text('stdout')).toBe('scene');
      const { objects } = await world.objects.list('films');
      expect(objects.map(({ key }) => key)).toEqual(['in/场景', 'in/结果', 'out/场景/结果', 'stdout']);
    },
  );
});
