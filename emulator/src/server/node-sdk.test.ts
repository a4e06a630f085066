import ALY from 'aliyun-sdk';
import { describe, expect, it } from 'vitest';
import { parseSimulation } from '../executor/simulated/parse-simulation.ts';
import { KEY, startServer } from './test-support/start-server.ts';

const JOB = {
  Name: 'demo',
  Description: 'from the Node SDK',
  Priority: 1,
  Type: 'DAG',
  JobFailOnInstanceFail: true,
  DAG: {
    Dependencies: { prepare: ['work'], work: [] },
    Tasks: Object.fromEntries(
      ['prepare', 'work'].map((name) => [
        name,
        {
          InstanceCount: 2,
          MaxRetryCount: 0,
          Timeout: 300,
          ClusterId: '',
          AutoCluster: { ImageId: 'img-ubuntu', InstanceType: 'ecs.sn1ne.large', ResourceType: 'OnDemand' },
          Parameters: {
            Command: { CommandLine: 'true', PackagePath: '', EnvVars: { MODE: 'a' } },
            StdoutRedirectPath: 'oss://pipeline/logs/',
            StderrRedirectPath: 'oss://pipeline/logs/',
          },
          InputMapping: {},
          OutputMapping: {},
        },
      ]),
    ),
  },
};

describe('The unmodified Node SDK', () => {
  it('creates, reads, stops, changes, starts and deletes a job', async () => {
    const server = await startServer({ simulation: parseSimulation('duration=1h') });
    const sdk = new ALY.BatchCompute({
      accessKeyId: KEY.id,
      secretAccessKey: KEY.secret,
      endpoint: server.api,
      apiVersion: '2015-11-11',
    });
    const call = async (
      operation: string,
      input: Record<string, unknown> = {},
    ): Promise<{ code: number; data: unknown }> => {
      const { promise, resolve, reject } = Promise.withResolvers<{ code: number; data: unknown }>();
      sdk[operation]?.call(sdk, input, (error, answer) => (error === null ? resolve(answer) : reject(error)));
      return promise;
    };

    const created = await call('createJob', JOB);
    expect(created).toMatchObject({ code: 201, data: { Id: expect.stringMatching(/^job-[0-9A-F]{32}$/) } });
    const JobId = String(Object(created.data).Id);

    expect(await call('getJob', { JobId })).toMatchObject({ code: 200, data: { Id: JobId, Name: 'demo' } });
    expect(await call('getJobDescription', { JobId })).toMatchObject({ data: { ...JOB, Id: JobId } });
    expect(await call('listJobs', { Marker: '', MaxItemCount: 5 })).toMatchObject({
      data: { Items: [{ Id: JobId }], NextMarker: '' },
    });
    expect(await call('listTasks', { JobId, Marker: '', MaxItemCount: 10 })).toMatchObject({
      data: { Items: [{ TaskName: 'prepare' }, { TaskName: 'work', State: 'Waiting' }] },
    });
    const page = { JobId, TaskName: 'work', Marker: '', MaxItemCount: 1 };
    expect(await call('listInstances', page)).toMatchObject({
      data: { Items: [{ InstanceId: 0, State: 'Waiting' }], NextMarker: '1' },
    });

    expect((await call('stopJob', { JobId })).code).toBe(201);
    expect(await call('getJob', { JobId })).toMatchObject({ data: { State: 'Stopped' } });
    expect((await call('changeJobPriority', { JobId, Priority: 9 })).code).toBe(200);
    expect(await call('getJobDescription', { JobId })).toMatchObject({ data: { Priority: 9 } });
    expect((await call('startJob', { JobId })).code).toBe(201);
    await expect(call('deleteJob', { JobId })).rejects.toMatchObject({
      code: 'StateConflict',
      statusCode: 409,
    });
    await call('stopJob', { JobId });
    expect((await call('deleteJob', { JobId })).code).toBe(204);
    await expect(call('getJob', { JobId })).rejects.toMatchObject({
      code: 'InvalidResource.NotFound',
      statusCode: 404,
    });
  });
});
