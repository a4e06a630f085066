import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeSdk } from '../support/node-sdk.ts';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { tarGz } from '../support/tar-gz.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

test('a two-task DAG with package, mappings and environment runs from the Node SDK', async () => {
  const { objects } = server;
  await objects.makeBucket('pipeline');
  await objects.put('pipeline', 'in/words.txt', Buffer.from('pear\napple\nfig\n'));
  await objects.put(
    'pipeline',
    'pkg/worker.tar.gz',
    tarGz({
      'sort.sh':
        'sort /home/in/words.txt > /home/mid/sorted.$BATCH_COMPUTE_DAG_INSTANCE_ID\necho sorted for $MODE\n',
    }),
  );
  const call = nodeSdk(server);
  const created = await call('createJob', {
    Name: 'pipeline',
    Priority: 1,
    Type: 'DAG',
    JobFailOnInstanceFail: true,
    Description: '',
    DAG: {
      Tasks: {
        sort: task(
          {
            CommandLine: 'sh sort.sh',
            PackagePath: 'oss://pipeline/pkg/worker.tar.gz',
            EnvVars: { MODE: 'night' },
          },
          {
            InstanceCount: 2,
            InputMapping: { 'oss://pipeline/in/': '/home/in/' },
            OutputMapping: { '/home/mid/': 'oss://pipeline/mid/' },
          },
        ),
        join: task(
          { CommandLine: `sh -c "cat /home/mid/sorted.* > /home/out.txt"` },
          {
            InputMapping: { 'oss://pipeline/mid/': '/home/mid/' },
            OutputMapping: { '/home/out.txt': 'oss://pipeline/out.txt' },
          },
        ),
      },
      Dependencies: { sort: ['join'] },
    },
  });
  const id = String(created['Id']);
  const job = await until('the job ends', async () => {
    const seen = await call('getJob', { JobId: id });
    return ['Finished', 'Failed', 'Stopped'].includes(String(seen['State'])) && seen;
  });
  expect(job).toMatchObject({ State: 'Finished', Message: '' });
  expect(await readObject(objects, 'pipeline', 'out.txt')).toBe('apple\nfig\npear\n'.repeat(2));
  expect(await readObject(objects, 'pipeline', `logs/stdout.${id}.sort.1`)).toBe('sorted for night\n');
  const instances = (await call('listInstances', { JobId: id, TaskName: 'sort' }))['Items'];
  expect(instances).toMatchObject(
    [0, 1].map((InstanceId) => ({ InstanceId, State: 'Finished', Progress: 100 })),
  );
  await call('deleteJob', { JobId: id });
});

function task(command: Record<string, unknown>, rest: Record<string, unknown>): Record<string, unknown> {
  return {
    InstanceCount: 1,
    MaxRetryCount: 0,
    Timeout: 300,
    ClusterId: '',
    AutoCluster: { ImageId: 'img-ubuntu', InstanceType: 'ecs.sn1ne.large', ResourceType: 'OnDemand' },
    Parameters: {
      Command: { PackagePath: '', EnvVars: {}, ...command },
      StdoutRedirectPath: 'oss://pipeline/logs/',
      StderrRedirectPath: 'oss://pipeline/logs/',
    },
    ...rest,
  };
}
