import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { HOLD, letGo } from '../support/hold.ts';
import { type PrivateDockerd, privateDockerd } from '../support/private-dockerd.ts';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let docker: PrivateDockerd;
let server: StartedServer;
beforeAll(async () => {
  docker = await privateDockerd('rebatch/img-ubuntu:latest');
  server = await startServer({ env: { DOCKER_HOST: docker.host }, slots: 2 });
});
afterAll(async () => {
  try {
    await server?.dispose();
  } finally {
    await docker?.dispose();
  }
});

test('a Docker daemon that is killed and comes back costs the programs under way a new try, and no retry of theirs', async () => {
  const { client, objects } = server;
  // No retry is allowed; so this job ends well only when the loss is not put down to the program.
  const id = await client.createJob(
    await helloJob(server, `echo begun; ${HOLD}; echo through`, { InstanceCount: 3, MaxRetryCount: 0 }),
  );
  await until('two run', async () => (await client.getJob(id)).InstanceMetrics.RunningCount === 2);
  await docker.kill();
  await until('the job tells that Docker is away', async () =>
    /Docker/.test((await client.getJob(id)).Message),
  );
  await docker.start();

  const ended = await until('the job ends', async () => {
    await letGo(id, docker.host);
    const job = await client.getJob(id);
    return job.EndTime !== '' && job;
  });
  expect(ended).toMatchObject({ State: 'Finished', Message: '' });
  const { Items: instances } = await client.listInstances(id, 'hello');
  expect(instances.map(({ State }) => State)).toEqual(['Finished', 'Finished', 'Finished']);
  for (const { InstanceId, RetryCount } of instances) {
    expect(RetryCount).toBeLessThanOrEqual(1);
    const log = await readObject(objects, HELLO_BUCKET, `logs/stdout.${id}.hello.${InstanceId}`);
    expect(log).toBe('begun\nthrough\n');
  }
});
