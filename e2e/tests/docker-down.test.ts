import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DockerProxy, dockerProxy } from '../support/docker-proxy.ts';
import { helloJob } from '../support/hello-job.ts';
import { HOLD, letGo } from '../support/hold.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';
import { until } from '../support/until.ts';

let folder: string;
let daemon: DockerProxy;
let server: StartedServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-down-'));
  daemon = dockerProxy(join(folder, 'docker.sock'));
  server = await startServer({ env: { DOCKER_HOST: `unix://${daemon.socketPath}` } });
});
afterAll(async () => {
  await server.dispose();
  await daemon.down().catch(() => {});
  await rm(folder, { recursive: true, force: true });
});

test('a job waits while Docker is down, says why, and runs when it is back', async () => {
  const id = await server.client.createJob(await helloJob(server));
  const waiting = await until('the job says why it waits', async () => {
    const job = await server.client.getJob(id);
    return job.Message !== '' && job;
  });
  expect(waiting.State).toBe('Waiting');
  expect(waiting.Message).toContain(daemon.socketPath);

  await daemon.up();
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished', Message: '' });
});

test('a program goes on and its job finishes when Docker was away in the middle of it', async () => {
  await daemon.up();
  const id = await server.client.createJob(await helloJob(server, `${HOLD}; echo through`));
  await until('it runs', async () => (await server.client.getJob(id)).State === 'Running');
  await daemon.down();
  await letGo(id);
  await daemon.up();
  expect(await jobEnd(server, id)).toMatchObject({ State: 'Finished' });
  expect((await server.client.listInstances(id, 'hello')).Items[0]).toMatchObject({ RetryCount: 0 });
});
