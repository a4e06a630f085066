import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bcs, type BcsFarm, logIn, startBcsFarm } from '../support/bcs.ts';
import { jobEnd } from '../support/submit-render.ts';
import type { VendorServer } from '../support/vendor-server.ts';

const REGION = 'local';

let farm: BcsFarm;
let vendor: VendorServer;
let bcs: Bcs;
beforeAll(async () => {
  farm = await startBcsFarm(REGION, 'farm', { executor: 'simulated', slots: 4 });
  ({ vendor, bcs } = farm);
  await logIn(bcs, vendor, REGION, 'oss://farm/bcs/');
});
afterAll(() => farm?.dispose());

test('a project made from a template is built, submitted and followed', async () => {
  await bcs('gen', '.', '-t', 'python');
  expect(await bcs('p', 'build')).toContain('add split.py');
  const submitted = await bcs('p', 'submit');
  const job = /job-[0-9A-F]{32}/.exec(submitted)?.[0] ?? 'none';
  expect(await jobEnd(vendor.server, job)).toMatchObject({ State: 'Finished' });
  expect(await bcs('p', 'status')).toMatch(/1\.split.*2\.count.*3\.merge/s);
  expect(await bcs('j', job)).toMatch(/count +\| Finished \| 3 \/ 3/);
});

test('a job is created from its description in JSON', async () => {
  const description = await bcs('sub', 'true', 'from-json', '--show_json');
  const created = await bcs('cj', description.slice(description.indexOf('{')));
  const job = /job-[0-9A-F]{32}/.exec(created)?.[0] ?? 'none';
  expect(await jobEnd(vendor.server, job)).toMatchObject({ Name: 'from-json', State: 'Finished' });
});
