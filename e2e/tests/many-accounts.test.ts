import { BatchComputeClient, OssClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { helloJob } from '../support/hello-job.ts';
import { type PrivateDockerd, privateDockerd } from '../support/private-dockerd.ts';
import { rebatch } from '../support/rebatch.ts';
import { run } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let docker: PrivateDockerd;
let server: StartedServer;
beforeAll(async () => {
  docker = await privateDockerd('rebatch/img-ubuntu:latest', { networks: 1 });
  server = await startServer({ env: { DOCKER_HOST: docker.host }, slots: 2 });
});
afterAll(async () => {
  try {
    await server?.dispose();
  } finally {
    await docker?.dispose();
  }
});

test('more accounts than Docker has networks for run their programs, each on its own', async () => {
  const jobs = await Promise.all(['one', 'two', 'three'].map(async (bucket) => jobOfNewAccount(bucket)));
  for (const { client, id } of jobs) {
    const ended = await until('the job ends', async () => {
      const job = await client.getJob(id);
      return job.EndTime !== '' && job;
    });
    expect(ended).toMatchObject({ State: 'Finished', Message: '' });
  }
  const listed = await run('docker', ['-H', docker.host, 'network', 'ls', '-q', '--filter', OF_ACCOUNT]);
  expect(listed.stdout.trim().split('\n')).toHaveLength(jobs.length);
});

const OF_ACCOUNT = 'label=dev.rebatch.account';

/** Submits a job whose programs write to a bucket of their account. */
async function jobOfNewAccount(bucket: string): Promise<{ client: BatchComputeClient; id: string }> {
  const made = await rebatch(server, 'keys', 'make', '--json', '--data', server.dataDir);
  const { id: accessKeyId, secret: accessKeySecret }: Record<string, string> = JSON.parse(made.stdout);
  const key = { accessKeyId: String(accessKeyId), accessKeySecret: String(accessKeySecret) };
  const objects = new OssClient({ endpoint: server.oss, ...key });
  await objects.makeBucket(bucket);
  objects.close();
  const client = new BatchComputeClient({ endpoint: server.api, ...key });
  const logs = `oss://${bucket}/logs/`;
  const parameters = {
    Command: { CommandLine: 'true' },
    StdoutRedirectPath: logs,
    StderrRedirectPath: logs,
  };
  return { client, id: await client.createJob(await helloJob(server, '', { Parameters: parameters })) };
}
