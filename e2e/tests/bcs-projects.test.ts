import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bcs, logIn, startBcs } from '../support/bcs.ts';
import { jobEnd } from '../support/submit-render.ts';
import { startVendorServer, type VendorServer } from '../support/vendor-server.ts';

const REGION = 'local';

let vendor: VendorServer;
let bcs: Bcs;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-bcs-'));
  vendor = await startVendorServer(REGION, ['farm'], { executor: 'simulated', slots: 4 });
  await vendor.server.objects.makeBucket('farm');
  bcs = await startBcs(vendor, folder);
  await logIn(bcs, vendor, REGION, 'oss://farm/bcs/');
});
afterAll(async () => {
  await bcs?.container.stop();
  await vendor?.server.dispose();
  await rm(folder, { recursive: true, force: true });
});

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
