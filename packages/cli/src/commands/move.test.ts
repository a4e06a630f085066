import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer } from '../testing/cli-server.ts';

test('jobs and Apps move to another server, once however often they are imported', async () => {
  const old = await cliServer('duration=1ms,fail=0');
  await old.run('apps', 'register', 'blender');
  const id = (
    await old.run('submit', '--command', 'true', '--name', 'film', '--instances', '3', '--wait')
  ).out.trim();
  const file = join(old.folder, 'all.jsonl');
  expect(await old.run('export', 'all.jsonl')).toEqual({ code: 0, out: '', err: '' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await old.run('export')).out).toBe(await readFile(file, 'latin1'));

  const fresh = await cliServer();
  expect((await fresh.run('import', file)).out).toBe(
    '1 jobs and 1 Apps imported; 0 jobs and 0 Apps were there already\n',
  );
  expect(JSON.parse((await fresh.run('import', file, '--json')).out)).toEqual({
    jobs: 0,
    apps: 0,
    keptJobs: 1,
    keptApps: 1,
  });
  const job = JSON.parse((await fresh.run('job', id, '--json')).out);
  expect(job).toMatchObject({ Name: 'film', State: 'Finished', InstanceMetrics: { FinishedCount: 3 } });
  expect((await fresh.run('apps')).out).toContain('blender');

  const cut = (await readFile(file, 'utf8')).slice(0, -20);
  await writeFile(join(fresh.folder, 'cut.jsonl'), cut);
  expect(await fresh.run('import', 'cut.jsonl')).toMatchObject({
    code: 1,
    err: 'rebatch: this is no export, or it was cut off\n',
  });
  const forged = (await readFile(file, 'utf8')).replace('"state":"Finished"', '"state":"Done"');
  const io = fresh.io({ stdin: forged });
  expect(await main(['import', '-'], io)).toBe(1);
  expect(io.stderr()).toMatch(/Line\.3/);
});
