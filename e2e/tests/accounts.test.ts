import { BatchComputeClient, OssClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeSdk } from '../support/node-sdk.ts';
import { rebatch } from '../support/rebatch.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

interface Key {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

/** What `rebatch keys …` prints as JSON, on the data folder of the running server. */
async function keys(...args: string[]): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await rebatch(server, 'keys', ...args, '--json', '--data', server.dataDir);
  expect([code, stderr]).toEqual([0, '']);
  const printed: Record<string, string> = JSON.parse(stdout);
  return printed;
}

const clientsOf = (key: Key) => ({
  jobs: new BatchComputeClient({ endpoint: server.api, ...key }),
  oss: new OssClient({ endpoint: server.oss, ...key }),
});

async function newAccount(): Promise<Key> {
  const { id = '', secret = '' } = await keys('make');
  return { accessKeyId: id, accessKeySecret: secret };
}

const job = (more: object = {}) => ({
  Name: 'work',
  Type: 'DAG' as const,
  DAG: {
    Tasks: {
      work: {
        Timeout: 300,
        AutoCluster: { ImageId: 'img-ubuntu' },
        Parameters: { Command: { CommandLine: 'cat /home/in/secret.txt' } },
        ...more,
      },
    },
    Dependencies: {},
  },
});

const UNSEEN = { status: 404, code: 'InvalidResource.NotFound' };

test('two accounts on one server see nothing of each other, and their jobs read no bucket of the other', async () => {
  const mine = { jobs: server.client, oss: server.objects };
  const key = await newAccount();
  const theirs = clientsOf(key);

  await mine.oss.makeBucket('mine');
  await mine.oss.put('mine', 'in/secret.txt', Buffer.from('the secret\n'));
  await theirs.oss.makeBucket('theirs');
  const app = { Name: 'tool', CommandLine: 'true', VM: { ECSImageId: 'img-ubuntu' } };
  await mine.jobs.createApp({ ...app, Name: 'first' });
  await theirs.jobs.createApp(app);
  const image = String(
    (
      await nodeSdk(server)('createImage', { Name: 'studio', EcsImageId: 'studio/maya:7', Platform: 'Linux' })
    )['Id'],
  );
  const id = await mine.jobs.createJob(job({ InputMapping: { 'oss://mine/in/': '/home/in/' } }));

  // Jobs, tasks, instances, Apps, images: not in lists, not by name, not to be changed.
  expect((await theirs.jobs.listJobs()).Items).toEqual([]);
  for (const ask of [
    theirs.jobs.getJob(id),
    theirs.jobs.getJobDescription(id),
    theirs.jobs.listTasks(id),
    theirs.jobs.getTask(id, 'work'),
    theirs.jobs.listInstances(id, 'work'),
    theirs.jobs.getInstance(id, 'work', 0),
    theirs.jobs.stopJob(id),
    theirs.jobs.startJob(id),
    theirs.jobs.deleteJob(id),
    theirs.jobs.changeJobPriority(id, 5),
  ]) {
    await expect(ask).rejects.toMatchObject(UNSEEN);
  }
  expect((await theirs.jobs.listApps()).Items.map(({ Name }) => Name)).toEqual(['tool']);
  await expect(theirs.jobs.getApp('first')).rejects.toMatchObject(UNSEEN);
  await expect(mine.jobs.getApp('tool')).rejects.toMatchObject(UNSEEN);
  await expect(theirs.jobs.createJob(job({ AutoCluster: { ImageId: image } }))).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(`"${image}" is not known here`),
  });

  // Buckets: not in lists; by name they are somebody's, as the vendor has it.
  expect((await theirs.oss.listBuckets()).map(({ name }) => name)).toEqual(['theirs']);
  await expect(theirs.oss.put('mine', 'x', Buffer.from(''))).rejects.toMatchObject({ code: 'AccessDenied' });

  const thief = await theirs.jobs.createJob(job({ InputMapping: { 'oss://mine/in/': '/home/in/' } }));
  const ended = await until('the other account’s job ends', async () => {
    const seen = await theirs.jobs.getJob(thief);
    return seen.State === 'Failed' && seen;
  });
  expect(ended.Message).toContain('bucket "mine" belongs to another account');
  const own = await until('the own job ends', async () => {
    const seen = await mine.jobs.getJob(id);
    return seen.EndTime !== '' && seen;
  });
  expect(own).toMatchObject({ State: 'Finished', Message: '' });
});

test('a temporary key works on both gateways with its token, until its time is over', async () => {
  const made = await keys('sts', '--ttl', '10');
  const key = {
    accessKeyId: made['AccessKeyId'] ?? '',
    accessKeySecret: made['AccessKeySecret'] ?? '',
    securityToken: made['SecurityToken'] ?? '',
  };
  const { jobs, oss } = clientsOf(key);
  await oss.makeBucket('sts');
  await oss.put('sts', 'a', Buffer.from('a'));
  expect((await jobs.listJobs({}, { limit: 1 })).Items).toBeDefined();
  await expect(clientsOf({ ...key, securityToken: 'guess' }).jobs.listJobs()).rejects.toMatchObject({
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
  });
  const refusal = await until('the key expires', async () =>
    jobs.listJobs().then(
      () => false,
      (error: unknown) => error,
    ),
  );
  expect(refusal).toMatchObject({ status: 400, code: 'InvalidSecurityToken.Expired' });
  await expect(oss.put('sts', 'b', Buffer.from(''))).rejects.toMatchObject({ code: 'SecurityTokenExpired' });
});

test('a key that is disabled while the server runs is of no more use, and enabled again it is', async () => {
  const key = await newAccount();
  const { jobs, oss } = clientsOf(key);
  await oss.makeBucket('switch');
  await rebatch(server, 'keys', 'disable', key.accessKeyId, '--data', server.dataDir);
  await expect(jobs.listJobs()).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' });
  await expect(oss.listBuckets()).rejects.toMatchObject({ code: 'InvalidAccessKeyId' });
  await rebatch(server, 'keys', 'enable', key.accessKeyId, '--data', server.dataDir);
  expect((await jobs.listJobs()).Items).toEqual([]);
});
