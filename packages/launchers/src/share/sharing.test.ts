import { existsSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseProgressLine } from '../index.ts';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';
import { type ObjectGateway, openObjectGateway } from '../testing/object-gateway.ts';

/** What the service tells an instance of two whose output folder is `out<id>` of the workshop. */
function task(shop: Workshop, gateway: ObjectGateway, id: number, attempt = 0): Record<string, string> {
  return {
    ...gateway.env,
    BATCH_COMPUTE_DAG_JOB_ID: 'job-1',
    BATCH_COMPUTE_DAG_TASK_ID: 'render',
    BATCH_COMPUTE_DAG_INSTANCE_ID: String(id),
    BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2',
    REBATCH_TASK: JSON.stringify({
      attempt,
      timeoutSeconds: 3600,
      inputs: [{ path: `${shop.folder}/`, url: 'oss://films/in/' }],
      outputs: [{ path: shop.path(`out${id}/`), url: 'oss://films/out/' }],
    }),
  };
}

function args(shop: Workshop, id: number, frames: string): string[] {
  const output = ['--output-dir', shop.path(`out${id}/result`)];
  return ['--scene-dir', shop.folder, '--scene', 's.blend', '--frames', frames, ...output];
}

const kinds = (stdout: string, kind: string): number[] =>
  stdout.split('\n').flatMap((text) => {
    const line = parseProgressLine(text);
    return line !== undefined && 'frame' in line && line.kind === kind ? [line.frame] : [];
  });

test('instances that claim frames render each of them once', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend');
  const ends = await Promise.all(
    [0, 1].map(async (id) => shop.run('render-blender', args(shop, id, '1-24'), task(shop, gateway, id))),
  );
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  const saved = ends.flatMap(({ stdout }) => kinds(stdout, 'saved'));
  expect(saved.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  expect((await gateway.keys('out/.rebatch/job-1/claims/render/')).length).toBe(24);
});

test('claims keep the order of the list, or go coarse to fine when the instances do', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend');
  const first = await shop.run('render-blender', args(shop, 0, '1-9x4,1-9'), task(shop, gateway, 0));
  expect(kinds(first.stdout, 'saved')).toEqual([1, 5, 9, 2, 3, 4, 6, 7, 8]);
  const coarse = { BATCH_COMPUTE_DAG_JOB_ID: 'job-2', REBATCH_INSTANCE_ORDER: 'preview-first' };
  const second = await shop.run('render-blender', args(shop, 1, '1-9'), {
    ...task(shop, gateway, 1),
    ...coarse,
  });
  expect(kinds(second.stdout, 'saved')).toEqual([1, 9, 5, 3, 7, 2, 4, 6, 8]);
});

test('the next try of an instance that was killed renders what did not come home', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend', { waits: true });
  const killed = shop.start('render-blender', args(shop, 0, '1-4'), task(shop, gateway, 0));
  const end = ended(killed);
  await lineThatStarts(killed, 'rebatch frame=1 state=saved');
  killed.kill('SIGTERM');
  expect((await end).code).toBe(143);

  shop.scene('s.blend');
  const other = await shop.run('render-blender', args(shop, 1, '1-4'), task(shop, gateway, 1));
  expect(kinds(other.stdout, 'saved')).toEqual([3, 4]);
  const retry = await shop.run('render-blender', args(shop, 0, '1-4'), task(shop, gateway, 0, 1));
  expect([retry.code, kinds(retry.stdout, 'saved')]).toEqual([0, [1, 2]]);
  for (const frame of [1, 2]) await gateway.put(`out/result/000${frame}.png`, 'picture');
  const again = await shop.run('render-blender', args(shop, 0, '1-4'), task(shop, gateway, 0, 2));
  expect([again.code, kinds(again.stdout, 'saved')]).toEqual([0, []]);
  expect(again.stdout).toContain('Nothing to do, exit');
});

test('an instance whose frames all fail leaves the rest to others', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend', { unsaved: [1, 2, 3, 4] });
  const { code, stdout } = await shop.run('render-blender', args(shop, 0, '1-9'), task(shop, gateway, 0));
  expect(code).toBe(1);
  expect(kinds(stdout, 'missing')).toEqual([1, 2, 3]);
  expect(stdout).toContain('3 frames in a row gave no picture; the rest is left to others');
});

test('a resumed render leaves out pictures that are newer than the scene', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend');
  await gateway.put('out/result/0002.png', 'older than the scene');
  await gateway.put('out/result/0004.png', '');
  gateway.clock.advance(1000);
  await gateway.put('in/s.blend', 'scene');
  gateway.clock.advance(1000);
  await gateway.put('out/result/0003.png', 'newer');
  for (const claim of ['on', 'off']) {
    const env = { ...task(shop, gateway, 0), BATCH_COMPUTE_DAG_INSTANCE_COUNT: '1' };
    const how = ['--resume', '--claim', claim];
    const { code, stdout } = await shop.run('render-blender', [...args(shop, 0, '1-4'), ...how], env);
    expect(code).toBe(0);
    expect(kinds(stdout, 'skipped')).toEqual([3]);
    expect(kinds(stdout, 'saved')).toEqual([1, 2, 4]);
  }
});

test('a render that is resumed from a time on leaves out pictures from then on, however old the scene’s copy is', async () => {
  using shop = new Workshop();
  await using gateway = await openObjectGateway();
  shop.scene('s.blend');
  await gateway.put('out/result/0001.png', 'before');
  gateway.clock.advance(2000);
  const since = new Date(gateway.clock.now()).toISOString();
  gateway.clock.advance(1000);
  await gateway.put('out/result/0002.png', 'since');
  gateway.clock.advance(1000);
  await gateway.put('in/s.blend', 'scene');
  const env = { ...task(shop, gateway, 0), BATCH_COMPUTE_DAG_INSTANCE_COUNT: '1' };
  const { code, stdout } = await shop.run(
    'render-blender',
    [...args(shop, 0, '1-3'), `--resume=${since}`],
    env,
  );
  expect([code, kinds(stdout, 'skipped'), kinds(stdout, 'saved')]).toEqual([0, [2], [1, 3]]);
});

test('a render that is resumed by hand looks at the pictures on this machine', async () => {
  using shop = new Workshop();
  const scene = shop.scene('s.blend');
  utimesSync(scene, 1000, 1000);
  await shop.run('render-blender', args(shop, 0, '1-2'));
  const { code, stdout } = await shop.run('render-blender', [...args(shop, 0, '1-3'), '--resume']);
  expect([code, kinds(stdout, 'skipped'), kinds(stdout, 'saved')]).toEqual([0, [1, 2], [3]]);
});

test.each([
  ['no key', { OSS_ACCESS_KEY_ID: '' }, 'there is no key of the object store in the environment'],
  [
    'another output',
    { REBATCH_TASK: '{"attempt":0,"timeoutSeconds":1,"inputs":[],"outputs":[]}' },
    'no output of the job is uploaded from',
  ],
  ['no service', { REBATCH_TASK: '' }, 'this is no task of the service'],
])(
  'with %s, frames are split evenly, or claims refused when they were asked for',
  async (_, lacking, why) => {
    using shop = new Workshop();
    await using gateway = await openObjectGateway();
    shop.scene('s.blend');
    const env = { ...task(shop, gateway, 1), ...lacking };
    const even = await shop.run('render-blender', args(shop, 1, '1-4'), env);
    expect(kinds(even.stdout, 'saved')).toEqual([3, 4]);
    expect(even.stdout).toContain(`each instance renders an equal share: ${why}`);
    const refused = await shop.run('render-blender', [...args(shop, 1, '1-4'), '--claim', 'on'], env);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`frames cannot be claimed: ${why}`),
    });
  },
);

test('a movie cannot be claimed or resumed', async () => {
  using shop = new Workshop();
  shop.scene('s.blend');
  for (const option of [['--claim', 'on'], ['--resume']]) {
    const movie = [...args(shop, 0, '1-4'), '--format', 'AVIJPEG', ...option];
    const { code, stderr } = await shop.run('render-blender', movie);
    expect(code).toBe(2);
    expect(stderr).toContain(`${option.join(' ')} needs a picture for each frame; AVIJPEG makes one movie`);
  }
  expect(existsSync(shop.path('record'))).toBe(false);
});
