import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { readObject } from '../support/read-object.ts';
import { runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

let disk: string;
let server: StartedServer;
beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'rebatch-disk-'));
  await runOk('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]);
  server = await startServer({ dataDir: join(disk, 'data') });
});
afterAll(async () => {
  try {
    await server.dispose();
  } finally {
    await runOk('umount', ['-l', disk]);
    await rm(disk, { recursive: true });
  }
});

test('a program that fills the disk fails with a plain reason, and the server goes on serving', async () => {
  const { client, objects } = server;
  const fill = await helloJob(server, 'dd if=/dev/zero of=/home/out/picture bs=1M count=200', {
    OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/out/` },
  });
  const job = await jobEnd(server, await client.createJob(fill));
  expect(job.State).toBe('Failed');
  expect(job.Message).toMatch(/hello.*instance 0.*The disk of this host is full/);
  const keys = await Array.fromAsync(objects.list(HELLO_BUCKET, { prefix: 'out/' }));
  expect(keys).toEqual([]);

  const next = await client.createJob(await helloJob(server, 'echo still here'));
  expect(await jobEnd(server, next)).toMatchObject({ State: 'Finished' });
  expect(await readObject(objects, HELLO_BUCKET, `logs/stdout.${next}.hello.0`)).toBe('still here\n');
});

test('a program that fills the disk by what it prints fails with a plain reason, too', async () => {
  const { client, objects } = server;
  const id = await client.createJob(await helloJob(server, 'yes'));
  const job = await jobEnd(server, id);
  expect(job).toMatchObject({
    State: 'Failed',
    Message: expect.stringMatching(/The disk of this host is full/),
  });
  await until('its files are gone', async () => {
    const { bavail, bsize } = await statfs(disk);
    return bavail * bsize > 8 * 1024 * 1024;
  });
  await objects.delete(HELLO_BUCKET, `logs/stdout.${id}.hello.0`);
  const next = await client.createJob(await helloJob(server, 'echo still here'));
  expect(await jobEnd(server, next)).toMatchObject({ State: 'Finished' });
});

test('a program that fills the disk and every byte that comes free can be stopped all the same', async () => {
  const { client } = server;
  const id = await client.createJob(
    await helloJob(server, 'echo begun; while :; do cat /dev/zero >>/home/out/picture 2>/dev/null; done', {
      OutputMapping: { '/home/out/': `oss://${HELLO_BUCKET}/out/` },
    }),
  );
  await until('the disk is full', async () => {
    const { bavail, bsize } = await statfs(disk);
    return bavail * bsize < 64 * 1024;
  });
  await until('the job can be stopped', async () =>
    client.stopJob(id).then(
      () => true,
      () => false,
    ),
  );
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Stopped' });
  await until('its files are gone', async () => {
    const { bavail, bsize } = await statfs(disk);
    return bavail * bsize > 16 * 1024 * 1024;
  });
  const next = await client.createJob(await helloJob(server, 'echo still here'));
  expect(await jobEnd(server, next)).toMatchObject({ State: 'Finished' });
});
