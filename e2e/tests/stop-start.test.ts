import type { InstanceView } from '@rebatch/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 1 });
});
afterAll(() => server.dispose());

test('a stopped job that is started again does not run its finished instances a second time', async () => {
  const { client, objects } = server;
  await objects.makeBucket('restart');
  // Instance 1 hangs in the first version of the program and is through at once in the second.
  await objects.put(
    'restart',
    'worker',
    Buffer.from(
      '#!/bin/sh\necho first $BATCH_COMPUTE_DAG_INSTANCE_ID\n[ $BATCH_COMPUTE_DAG_INSTANCE_ID = 0 ] || sleep 600\n',
    ),
  );
  const id = await client.createJob({
    Name: 'restart',
    Type: 'DAG',
    DAG: {
      Tasks: {
        steps: {
          InstanceCount: 3,
          Timeout: 900,
          AutoCluster: { ImageId: 'img-ubuntu' },
          Parameters: {
            Command: { CommandLine: './worker', PackagePath: 'oss://restart/worker' },
            StdoutRedirectPath: 'oss://restart/logs/',
            StderrRedirectPath: 'oss://restart/logs/',
          },
        },
      },
      Dependencies: {},
    },
  });
  const instances = async (): Promise<InstanceView[]> => (await client.listInstances(id, 'steps')).Items;
  const states = async (): Promise<string> => (await instances()).map(({ State }) => State).join(' ');

  await until(
    'instance 0 is through and 1 hangs',
    async () => (await states()) === 'Finished Running Waiting',
  );
  const before = (await instances())[0];
  await client.stopJob(id);
  expect((await client.getJob(id)).State).toBe('Stopped');
  expect(await states()).toBe('Finished Stopped Stopped');

  await objects.put(
    'restart',
    'worker',
    Buffer.from('#!/bin/sh\necho second $BATCH_COMPUTE_DAG_INSTANCE_ID\n'),
  );
  await client.startJob(id);
  const job = await until('the job ends', async () => {
    const seen = await client.getJob(id);
    return seen.EndTime !== '' && seen.State !== 'Running' && seen.State !== 'Waiting' && seen;
  });
  expect(job).toMatchObject({ State: 'Finished', Message: '' });
  expect((await instances())[0]).toEqual(before);
  const logs = await Promise.all(
    [0, 1, 2].map((n) => readObject(objects, 'restart', `logs/stdout.${id}.steps.${n}`)),
  );
  expect(logs).toEqual(['first 0\n', 'second 1\n', 'second 2\n']);
});
