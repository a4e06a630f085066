import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type NodeSdkAnswer, nodeSdkAnswers } from '../support/node-sdk.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const SCHEMA = createRequire(import.meta.url).resolve('aliyun-sdk/apis/batchcompute-2015-11-11.json');
const OPERATIONS = z.object({ operations: z.record(z.string(), z.unknown()) });
const ITEMS = z.array(z.record(z.string(), z.unknown()));

let server: StartedServer | undefined;
afterEach(() => server?.dispose());

type Call = (operation: string, input?: Record<string, unknown>) => Promise<NodeSdkAnswer>;

test.each([
  { paramValidation: true, how: 'checking parameters' },
  { paramValidation: false, how: 'sending what its schema does not know' },
])('every method of the Node SDK works, $how', async ({ paramValidation }) => {
  server = await startServer({ executor: 'simulated', simulate: 'duration=1h', slots: 8 });
  const sdk = nodeSdkAnswers(server, paramValidation);
  const called = new Set<string>();
  const call: Call = (operation, input = {}) => {
    called.add(operation);
    return sdk(operation, input);
  };
  await whatCanBeHad(call);
  await images(call);
  await clusters(call, paramValidation);
  await jobs(call, paramValidation);

  const { operations } = OPERATIONS.parse(JSON.parse(await readFile(SCHEMA, 'utf8')));
  expect([...called].toSorted()).toEqual(Object.keys(operations).toSorted());
  expect(called.size).toBe(27);
});

const items = ({ data }: NodeSdkAnswer): Record<string, unknown>[] => ITEMS.parse(data['Items']);
const NOT_FOUND = { code: 'InvalidResource.NotFound', statusCode: 404 };

async function whatCanBeHad(call: Call): Promise<void> {
  expect(await call('getQuotas')).toMatchObject({
    code: 200,
    data: { AvailableClusterInstanceType: expect.arrayContaining([expect.any(String)]) },
  });
  expect(await call('getAvailable')).toMatchObject({
    data: {
      AvailableClusterInstanceType: expect.arrayContaining([
        expect.objectContaining({ CpuCore: expect.any(Number), MemorySize: expect.any(Number) }),
      ]),
    },
  });
}

async function images(call: Call): Promise<void> {
  const input = { Name: 'mine', Platform: 'Linux', EcsImageId: 'm-ubuntu', Description: 'from Node' };
  const created = await call('createImage', input);
  expect(created).toMatchObject({ code: 201, data: { Id: expect.stringMatching(/^img-/) } });
  const ImageId = created.data['Id'];
  expect(await call('getImage', { ImageId })).toMatchObject({ code: 200, data: { ...input, Id: ImageId } });
  expect(items(await call('listImages', { Type: '', Marker: '', MaxItemCount: 10 }))).toContainEqual(
    expect.objectContaining({ Id: ImageId }),
  );
  expect((await call('deleteImage', { ImageId })).code).toBeOneOf([200, 204]);
  await expect(call('getImage', { ImageId })).rejects.toMatchObject(NOT_FOUND);
}

async function clusters(call: Call, paramValidation: boolean): Promise<void> {
  const input = {
    Name: 'nodes',
    ImageId: 'img-ubuntu',
    InstanceType: 'ecs.sn1ne.large',
    Description: 'from Node',
    UserData: { role: 'worker' },
    Groups: { group1: { DesiredVMCount: 2, InstanceType: 'ecs.sn1ne.large', ResourceType: 'OnDemand' } },
    // The SDK's schema has Networks under Mounts.
    Configs: {
      Mounts: { Entries: [], Networks: { VPC: { CidrBlock: '192.168.0.0/16' } } },
      Disks: { SystemDisk: { Type: 'cloud_efficiency', Size: 40 } },
    },
    ...(paramValidation ? {} : { Bootstrap: 'true', EnvVars: { MODE: 'a' } }),
  };
  const created = await call('createCluster', input);
  expect(created).toMatchObject({ code: 201, data: { Id: expect.stringMatching(/^cls-/) } });
  const ClusterId = created.data['Id'];
  expect(await call('getCluster', { ClusterId })).toMatchObject({
    code: 200,
    data: { Id: ClusterId, Name: 'nodes', State: 'Active', UserData: { role: 'worker' } },
  });
  expect(items(await call('listClusters', { Marker: '', MaxItemCount: 10 }))).toMatchObject([
    { Id: ClusterId },
  ]);

  const group = { ClusterId, GroupName: 'group1' };
  const page = { ...group, Marker: '', MaxItemCount: 10 };
  const running = (count: number): Promise<Record<string, unknown>[]> =>
    until(`${count} machines run`, async () => {
      const machines = items(await call('listClusterInstances', page));
      return machines.filter(({ State }) => State === 'Running').length === count && machines;
    });
  const changed = await call('changeClusterDesiredVMCount', {
    ClusterId,
    Groups: { group1: { DesiredVMCount: 3 } },
  });
  expect(changed.code).toBe(200);
  const [first, second] = await running(3);
  const machine = { ...group, InstanceId: first?.['Id'] };
  expect(await call('getClusterInstance', machine)).toMatchObject({
    code: 200,
    data: { Id: first?.['Id'], State: 'Running', HostName: expect.any(String), ErrorCode: 0 },
  });
  expect((await call('recreateClusterInstance', machine)).code).toBe(201);
  await until('a new machine took its place', async () => {
    const ids = (await running(3)).map(({ Id }) => Id);
    return !ids.includes(first?.['Id']);
  });
  const deleted = await call('deleteClusterInstance', { ...group, InstanceId: second?.['Id'] });
  expect(deleted.code).toBe(202);
  await running(2);
  expect(await call('getCluster', { ClusterId })).toMatchObject({
    data: { Groups: { group1: { DesiredVMCount: 2 } } },
  });
  expect((await call('deleteCluster', { ClusterId })).code).toBe(204);
  await until('the cluster is gone', async () => items(await call('listClusters')).length === 0);
  await expect(call('getCluster', { ClusterId })).rejects.toMatchObject(NOT_FOUND);
}

async function jobs(call: Call, paramValidation: boolean): Promise<void> {
  const created = await call('createJob', jobInput(paramValidation));
  expect(created).toMatchObject({ code: 201, data: { Id: expect.stringMatching(/^job-[0-9A-F]{32}$/) } });
  const JobId = created.data['Id'];
  expect(await call('getJob', { JobId })).toMatchObject({ code: 200, data: { Id: JobId, Name: 'work' } });
  const description = await call('getJobDescription', { JobId });
  expect(description).toMatchObject({ data: jobInput(paramValidation) });
  expect(items(await call('listJobs', { Marker: '', MaxItemCount: 5, State: '' }))).toMatchObject([
    { Id: JobId },
  ]);
  const list = { JobId, Marker: '', MaxItemCount: 2 };
  expect(await call('listTasks', list)).toMatchObject({
    data: { Items: [{ TaskName: 'task' }], NextMarker: '' },
  });
  const task = { JobId, TaskName: 'task' };
  expect(await call('getTask', task)).toMatchObject({ code: 200, data: { TaskName: 'task' } });
  expect(await call('listInstances', { ...list, ...task })).toMatchObject({
    data: { Items: [{ InstanceId: 0 }, { InstanceId: 1 }], NextMarker: '2' },
  });
  expect(await call('getInstance', { ...task, InstanceId: '2' })).toMatchObject({
    code: 200,
    data: { InstanceId: 2 },
  });

  expect((await call('stopJob', { JobId })).code).toBe(201);
  expect(await call('getJob', { JobId })).toMatchObject({ data: { State: 'Stopped' } });
  expect((await call('changeJobPriority', { JobId, Priority: 9 })).code).toBe(200);
  expect(await call('getJobDescription', { JobId })).toMatchObject({ data: { Priority: 9 } });
  expect((await call('startJob', { JobId })).code).toBe(201);
  const conflict = { code: 'StateConflict', statusCode: 409 };
  await expect(call('deleteJob', { JobId })).rejects.toMatchObject(conflict);
  await call('stopJob', { JobId });
  expect((await call('deleteJob', { JobId })).code).toBe(204);
  await expect(call('getJob', { JobId })).rejects.toMatchObject(NOT_FOUND);
}

function jobInput(paramValidation: boolean): Record<string, unknown> {
  const command = { CommandLine: 'true', PackagePath: '', EnvVars: { MODE: 'a' } };
  return {
    Name: 'work',
    Description: 'from the Node SDK',
    Priority: 1,
    Type: 'DAG',
    JobFailOnInstanceFail: true,
    DAG: {
      Tasks: {
        task: {
          InstanceCount: 3,
          MaxRetryCount: 0,
          Timeout: 300,
          ClusterId: '',
          AutoCluster: { ImageId: 'img-ubuntu', InstanceType: 'ecs.sn1ne.large', ResourceType: 'OnDemand' },
          Parameters: {
            Command: {
              ...command,
              ...(paramValidation ? {} : { Docker: { Image: 'rebatch/img-ubuntu:latest' } }),
            },
            StdoutRedirectPath: 'oss://studio/logs/',
            StderrRedirectPath: 'oss://studio/logs/',
          },
        },
      },
    },
  };
}
