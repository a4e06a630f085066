import { randomBytes } from 'node:crypto';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebatch } from '../support/rebatch.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const docker = new Docker();
const IMAGE = `rebatch-e2e/late-${randomBytes(4).toString('hex')}`;

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 4 });
});
afterAll(async () => {
  await server.dispose();
  await docker.getImage(`${IMAGE}:latest`).remove();
});

/** Programs of one second. */
const job = (name: string, image: string, instances: number, variables: Record<string, string> = {}) => ({
  Name: name,
  Type: 'DAG' as const,
  DAG: {
    Tasks: {
      work: {
        InstanceCount: instances,
        Timeout: 300,
        AutoCluster: { ImageId: image },
        Parameters: { Command: { CommandLine: 'sleep 1', EnvVars: variables } },
      },
    },
    Dependencies: {},
  },
});

const local = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await rebatch(server, ...args, '--data', server.dataDir);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

test('a job whose image is not on the host waits for it, says so, and runs when somebody brings it', async () => {
  await local('images', 'set', 'img-late', `${IMAGE}:latest`);
  const id = await server.client.createJob(job('late', 'img-late', 1));
  const reason = `image missing: ${IMAGE}:latest is not on this host`;
  await until('the job says what it waits for', async () =>
    (await server.client.getJob(id)).Message.includes(reason),
  );
  expect((await rebatch(server, 'why', id)).stdout).toContain(`work (instance 0): ${reason}`);
  expect((await server.client.getJob(id)).State).toBe('Waiting');

  await docker.getImage('rebatch/img-ubuntu:latest').tag({ repo: IMAGE, tag: 'latest' });
  const ended = await until('the job ends', async () => {
    const seen = await server.client.getJob(id);
    return seen.EndTime !== '' && seen;
  });
  expect(ended).toMatchObject({ State: 'Finished', Message: '' });
});

test('never more attempts hold a licence than there are, however many slots are free', async () => {
  await local('limits', 'set', 'maya', '1');
  const maya = { REBATCH_LIMITS: 'maya' };
  const ids = [
    await server.client.createJob(job('first', 'img-ubuntu', 2, maya)),
    await server.client.createJob(job('second', 'img-ubuntu', 1, maya)),
  ];
  let most = 0;
  const reasons = new Set<string>();
  await until('both jobs end', async () => {
    const seen = await Promise.all(ids.map(async (id) => server.client.getJob(id)));
    most = Math.max(
      most,
      seen.reduce((sum, { InstanceMetrics: counts }) => sum + counts.RunningCount, 0),
    );
    for (const { Message } of seen) reasons.add(Message);
    return seen.every(({ State }) => State === 'Finished');
  });
  expect(most).toBe(1);
  expect(reasons).toContain('Waiting: limit maya: 1 of 1 in use.');
});
