import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountPaths } from '@rebatch/mount';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { readObject } from '../support/read-object.ts';
import { jobEnd } from '../support/submit-render.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
let share: string;
beforeAll(async () => {
  share = await mkdtemp(join(tmpdir(), 'rebatch-e2e-nas-'));
  await mkdir(join(share, 'films'));
  await writeFile(join(share, 'films/scene'), 'scene\n');
  // The second is for an account that nobody has.
  const args = ['--nas', `nas://studio/=${share}`, '--nas', `smb://vault/=${share}@4711`];
  server = await startServer({ slots: 1, args });
});
afterAll(async () => {
  await server.dispose();
  await rm(share, { recursive: true });
});

test('a task sees objects and a file server’s folder, writes through to it, and leaves no mount behind', async () => {
  const { client, objects } = server;
  const job = await helloJob(server, 'cat /in/words /studio/films/scene; echo new >/studio/films/new', {
    InputMapping: { [`oss://${HELLO_BUCKET}/in/`]: '/in/' },
    Mounts: {
      Entries: [{ Source: 'nas://studio:/', Destination: '/studio/', WriteSupport: true }],
      Locale: 'GBK',
      Lock: true,
    },
  });
  await objects.put(HELLO_BUCKET, 'in/words', Buffer.from('pear\n'));
  const id = await client.createJob(job);
  expect((await jobEnd(server, id)).State).toBe('Finished');
  expect(await readObject(objects, HELLO_BUCKET, `logs/stdout.${id}.hello.0`)).toBe('pear\nscene\n');
  expect(await readFile(join(share, 'films/new'), 'utf8')).toBe('new\n');
  const { mounts } = mountPaths(server.dataDir);
  await until(
    'the mounts to go',
    async () => !(await readFile('/proc/self/mounts', 'utf8')).includes(mounts),
  );
});

test.each([
  ['nas://other:/films/', 'rebatch serve --nas nas://other/=/FOLDER'],
  ['smb://vault/films/', 'rebatch serve --nas smb://vault/=/FOLDER'],
])('a job that names %s is refused, and told what to configure', async (url, advice) => {
  const job = await helloJob(server, 'true', { InputMapping: { [url]: '/films/' } });
  await expect(server.client.createJob(job)).rejects.toMatchObject({
    status: 400,
    code: 'InvalidDAG.Tasks.hello.InputMapping',
    message: expect.stringContaining(advice),
  });
});
