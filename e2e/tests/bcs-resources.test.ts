import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bcs, type BcsFarm, logIn, startBcsFarm } from '../support/bcs.ts';
import { jobEnd } from '../support/submit-render.ts';
import type { VendorServer } from '../support/vendor-server.ts';
import { until } from '../support/until.ts';

const REGION = 'cn-shenzhen';
const NODE_ID = /\bi-\w+/g;

let farm: BcsFarm;
let vendor: VendorServer;
let bcs: Bcs;
beforeAll(async () => {
  farm = await startBcsFarm(REGION, 'farm', { executor: 'simulated', slots: 2 });
  ({ vendor, bcs } = farm);
  await logIn(bcs, vendor, REGION, 'oss://farm/bcs/');
});
afterAll(() => farm?.dispose());

test('types of machines, resources, disks and events are shown', async () => {
  expect(await bcs('it')).toMatch(/ecs\.sn1ne\.large *\| 2 +\| 4/);
  expect(await bcs('r')).toContain('OnDemand');
  expect(await bcs('d')).toContain('cloud_efficiency');
  expect(await bcs('e')).toContain('OnJobFinished');
});

test('images are made, shown once each and deleted', async () => {
  const id = /img-\w+/.exec(await bcs('ci', 'mine', 'm-ubuntu', '-d', 'my own image'))?.[0] ?? 'none';
  const list = await bcs('i');
  expect(list).toMatch(new RegExp(`${id} *\\| mine +\\| m-ubuntu +\\| Linux +\\| Self`));
  expect(list.match(/\. +\| img-ubuntu +\|/g)).toHaveLength(1);
  expect(await bcs('i', id)).toContain('my own image');
  expect(await bcs('di', id, '-y')).toContain('done');
  expect(await bcs.error('i', id)).toContain('InvalidResource.NotFound');
});

test('Apps are made, changed, shown by revision and deleted', async () => {
  const create = ['ca', 'hello', 'echo ${who}', '-i', 'img-ubuntu', '--inputs', 'who:String::a name'];
  expect(await bcs(...create)).toContain('App created: hello');
  expect(await bcs('a')).toMatch(/\| hello +\|/);
  expect(await bcs('ua', 'hello', 'echo hello ${who}', '-y')).toContain('done');
  expect(await bcs('a', 'hello')).toMatch(/who +\| true/);
  expect(await bcs('a', 'hello', '0')).toContain('CommandLine: echo ${who}');
  expect(await bcs('a', 'hello', '1')).toContain('CommandLine: echo hello ${who}');
  expect(await bcs('da', 'hello', '0', '-y')).toContain('done');
  expect(await bcs('a', 'hello')).not.toMatch(/^\| 0 /m);
  expect(await bcs('da', 'hello', '-y')).toContain('done');
  expect(await bcs.error('a', 'hello')).toContain('InvalidResource.NotFound');
});

test('a cluster is made, resized, told about and deleted', async () => {
  const disks = 'system:cloud_efficiency:40,data:cloud_efficiency:50:/home/disk';
  const create = [
    'cc',
    'nodes',
    '-n',
    '2',
    '-i',
    'img-ubuntu',
    '-u',
    'role:worker',
    '-e',
    'MODE:a',
    '--disk',
    disks,
  ];
  const created = await bcs(...create, '-m', 'oss://farm/ref/:/home/ref/');
  const id = /cls-\w+/.exec(created)?.[0] ?? 'none';
  expect(created).toContain('Cluster created: ');
  expect(await bcs('c')).toMatch(new RegExp(`${id} *\\| nodes +\\| Active`));
  const detail = await bcs('c', id);
  expect(detail).toContain('/home/ref/');
  expect(detail).toMatch(/role.*worker/);

  const nodes = (count: number): Promise<string[]> =>
    until(`${count} nodes run`, async () => {
      const rows = (await bcs('c', id, 'group')).split('\n').filter((row) => row.includes('Running'));
      const ids = rows.flatMap((row) => row.match(NODE_ID) ?? []);
      return ids.length === count && ids;
    });
  await nodes(2);
  const submitted = await bcs('sub', 'hostname', 'on-cluster', '-c', id);
  const job = /job-[0-9A-F]{32}/.exec(submitted)?.[0] ?? 'none';
  expect(await jobEnd(vendor.server, job)).toMatchObject({ State: 'Finished' });
  expect(await bcs('j', job)).toContain(id);
  expect(await bcs('uc', id, '-n', '3', '-y')).toContain('done');
  const [first = '', second = ''] = await nodes(3);
  await bcs('rci', id, 'group', first, '-y');
  expect(await nodes(3)).not.toContain(first);
  await bcs('dci', id, 'group', second, '-y');
  expect(await nodes(2)).not.toContain(second);
  await bcs('uc', id, '-u', 'role:other', '-e', 'MODE:b', '-y');
  expect(await bcs('c', id)).toMatch(/role.*other/);
  expect(await bcs('c', id, '-l')).not.toBe('');
  expect(await bcs('dc', id, '-y')).toContain('done');
  await until('the cluster is gone', async () => !(await bcs('c')).includes(id));
});
