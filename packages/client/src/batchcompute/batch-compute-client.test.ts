import { expect, test } from 'vitest';
import { ConnectionError } from '../http/connection-error.ts';
import { httpAnswers } from '../testing/http-answers.ts';
import { all } from '../testing/all.ts';
import { testServer } from '../testing/test-server.ts';
import { BatchComputeClient } from './batch-compute-client.ts';
import type { JobDraft } from './draft.ts';

const noWaiting = { pause: async () => Promise.resolve() };

function sample(name = 'demo', instances = 2): JobDraft {
  const Command = { CommandLine: 'true', EnvVars: { MODE: 'a' } };
  return {
    Name: name,
    Type: 'DAG',
    DAG: {
      Tasks: {
        work: { InstanceCount: instances, AutoCluster: { ImageId: 'img-ubuntu' }, Parameters: { Command } },
      },
    },
  };
}

test('submits a job and reads it, its tasks and its instances', async () => {
  const { jobs } = await testServer('duration=1h');
  const id = await jobs.createJob(sample());
  expect(await jobs.getJob(id)).toMatchObject({ Id: id, Name: 'demo' });
  expect(await jobs.getTask(id, 'work')).toMatchObject({ TaskName: 'work' });
  expect((await all(jobs.tasks(id))).map((task) => task.TaskName)).toEqual(['work']);
  const instances = await all(jobs.instances(id, 'work'));
  expect(instances.map((instance) => instance.InstanceId)).toEqual([0, 1]);
  expect(await jobs.getInstance(id, 'work', 1)).toMatchObject({ InstanceId: 1, RetryCount: 0 });
  expect(await jobs.getJobDescription(id)).toMatchObject({ Id: id, Name: 'demo', Type: 'DAG' });
});

test('stops, changes, starts and deletes a job, and is refused what its state forbids', async () => {
  const { jobs } = await testServer('duration=1h');
  const id = await jobs.createJob(sample());
  await expect(jobs.deleteJob(id)).rejects.toMatchObject({ status: 409, code: 'StateConflict' });
  await jobs.stopJob(id);
  await jobs.changeJobPriority(id, 7);
  expect(await jobs.getJob(id)).toMatchObject({ State: 'Stopped', Priority: 7 });
  await jobs.startJob(id);
  expect((await jobs.getJob(id)).State).not.toBe('Stopped');
  await jobs.stopJob(id);
  await jobs.deleteJob(id);
  await expect(jobs.getJob(id)).rejects.toMatchObject({ status: 404, code: 'InvalidResource.NotFound' });
});

test('walks through all pages of a list', async () => {
  const { jobs } = await testServer('duration=1h');
  const id = await jobs.createJob(sample('many', 230));
  const numbers = (await all(jobs.instances(id, 'work'))).map((instance) => instance.InstanceId);
  expect(numbers).toEqual(Array.from({ length: 230 }, (_, index) => index));
  const page = await jobs.listInstances(id, 'work', {}, { limit: 3 });
  expect(page.Items).toHaveLength(3);
  expect(page.NextMarker).not.toBe('');
});

test('filters and orders jobs', async () => {
  const { jobs } = await testServer('duration=1h');
  const first = await jobs.createJob(sample('first'));
  const second = await jobs.createJob(sample('second'));
  await jobs.stopJob(first);
  const newest = await jobs.listJobs({ orderBy: 'CreationTime', reverse: true });
  expect(newest.Items.map((job) => job.Id)).toEqual([second, first]);
  const stopped = await all(jobs.jobs({ state: 'Stopped' }));
  expect(stopped.map((job) => job.Name)).toEqual(['first']);
});

test('makes one job of a repeated submission with the same token', async () => {
  const { jobs } = await testServer('duration=1h');
  const first = await jobs.createJob(sample(), 'token_1');
  expect(await jobs.createJob(sample(), 'token_1')).toBe(first);
});

test('registers, changes and deletes an App with its revisions', async () => {
  const { jobs } = await testServer();
  const app = {
    Name: 'copy',
    CommandLine: 'cp ${from} /out',
    Docker: { Image: 'busybox:1' },
    InputParameters: { from: { Type: 'String', LocalPath: '/in/' } },
  } as const;
  expect(await jobs.createApp(app)).toBe('copy');
  await jobs.modifyApp('copy', { ...app, CommandLine: 'cp -r ${from} /out' });
  expect((await jobs.getAppRevisions('copy')).map((revision) => revision.Revision)).toEqual([0, 1]);
  expect((await jobs.getAppDetail('copy', 0)).CommandLine).toBe('cp ${from} /out');
  expect((await jobs.getAppDetail('copy')).CommandLine).toBe('cp -r ${from} /out');
  expect((await jobs.getApp('copy')).InputParameters.from).toMatchObject({
    LocalPath: '/in/',
    Default: null,
  });
  expect((await all(jobs.apps())).map(({ Name }) => Name)).toEqual(['copy']);
  await jobs.deleteApp('copy');
  await expect(jobs.getApp('copy')).rejects.toMatchObject({ status: 404 });
});

test('tells what there is to run on', async () => {
  const { jobs } = await testServer();
  expect((await jobs.getQuotas()).AvailableClusterInstanceType).not.toHaveLength(0);
  expect((await jobs.getAvailable()).AvailableClusterInstanceType[0]).toMatchObject({
    CpuCore: expect.any(Number),
  });
});

test('is told when the secret is wrong', async () => {
  const { api } = await testServer();
  const client = new BatchComputeClient({ endpoint: api, accessKeyId: 'AK', accessKeySecret: 'no' });
  await expect(client.getQuotas()).rejects.toMatchObject({
    name: 'BatchComputeError',
    code: 'SignatureDoesNotMatch',
  });
});

test('asks again after a server fault, but never repeats a stop', async () => {
  const { endpoint, requests } = await httpAnswers((count, _request, response) => {
    response.writeHead(count === 0 ? 503 : 200, { 'content-type': 'application/json' });
    response.end(count === 0 ? '{"Code":"InternalError","Message":"busy"}' : '{"Items":[],"NextMarker":""}');
  });
  const client = new BatchComputeClient({
    endpoint,
    accessKeyId: 'AK',
    accessKeySecret: 'SK',
    retry: noWaiting,
  });
  expect((await client.listJobs()).Items).toEqual([]);
  expect(requests()).toBe(2);
  const broken = await httpAnswers((_count, _request, response) => {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end('{"Code":"InternalError","Message":"oh"}');
  });
  const other = new BatchComputeClient({
    ...broken,
    accessKeyId: 'AK',
    accessKeySecret: 'SK',
    retry: noWaiting,
  });
  await expect(other.stopJob('job-1')).rejects.toMatchObject({ status: 500, message: 'oh' });
  expect(broken.requests()).toBe(1);
});

test('says when nobody, or somebody else, answers', async () => {
  const gone = await httpAnswers((_count, request) => request.socket.destroy());
  const client = new BatchComputeClient({
    ...gone,
    accessKeyId: 'AK',
    accessKeySecret: 'SK',
    retry: noWaiting,
  });
  await expect(client.getQuotas()).rejects.toBeInstanceOf(ConnectionError);
  expect(gone.requests()).toBe(4);
  const website = await httpAnswers((_count, _request, response) => response.end('<html>'));
  const lost = new BatchComputeClient({
    ...website,
    accessKeyId: 'AK',
    accessKeySecret: 'SK',
    retry: noWaiting,
  });
  await expect(lost.getQuotas()).rejects.toMatchObject({ code: 'UnreadableReply' });
});
