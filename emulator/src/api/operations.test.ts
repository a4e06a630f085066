import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../control/control.ts';
import { controlWith } from './test-support/control-with.ts';
import { refusalIn } from './test-support/expect-wire.ts';
import { JOB } from './test-support/sample-job.ts';
import { type StartedApi, startApi } from './test-support/start-api.ts';

const NO_ITEMS = { Items: [], NextMarker: '' };
let api: StartedApi | undefined;
afterEach(() => api?.close());

async function start(verbs: Partial<Control> = {}): Promise<StartedApi> {
  api = await startApi(controlWith(verbs));
  return api;
}

describe('Operations', () => {
  it('of jobs reach control with the statuses of the vendor', async () => {
    const seen: unknown[] = [];
    const note = (verb: string) => async (_caller: unknown, id: string) => {
      seen.push([verb, id]);
    };
    const { call } = await start({
      submitJob: async (_caller, description, token) => {
        seen.push(['submit', description.Name, token]);
        return { Id: JOB.Id };
      },
      startJob: note('start'),
      stopJob: note('stop'),
      deleteJob: note('delete'),
    });
    const body = JSON.stringify({
      Name: 'demo',
      Type: 'App',
      App: { AppName: ':demoapp', Inputs: { a: '1' } },
    });
    const created = await call({ method: 'POST', path: '/jobs', query: { IdempotentToken: 't-1' }, body });
    expect(created).toMatchObject({ status: 201, json: { Id: JOB.Id } });
    expect((await call({ method: 'POST', path: '/jobs/j/start' })).status).toBe(201);
    expect((await call({ method: 'POST', path: '/jobs/j/stop' })).status).toBe(201);
    expect((await call({ method: 'DELETE', path: '/jobs/j' })).status).toBe(204);
    expect(seen).toEqual([
      ['submit', 'demo', 't-1'],
      ['start', 'j'],
      ['stop', 'j'],
      ['delete', 'j'],
    ]);
  });

  it('submit and wait for an App job with ?sync', async () => {
    const states = ['Waiting', 'Running', 'Finished'] as const;
    let looks = 0;
    const { call } = await start({
      submitJob: async () => ({ Id: JOB.Id }),
      getJob: async () => ({ ...JOB, State: states[looks++] ?? 'Finished' }),
    });
    const body = JSON.stringify({
      Name: 'demo',
      Type: 'App',
      App: { AppName: 'a', Inputs: { a: '1' }, Outputs: { out: 'oss://bucket/out' } },
    });
    const response = await call({ method: 'POST', path: '/jobs', query: { sync: '' }, body });
    expect(response).toMatchObject({
      status: 201,
      json: {
        RequestId: response.headers['request-id'],
        StartTime: JOB.StartTime,
        EndTime: JOB.EndTime,
        Outputs: { out: 'oss://bucket/out' },
        Error: { Code: '', Message: '' },
      },
    });
  });

  it('refuse ?sync for a DAG job before it is submitted', async () => {
    const { call } = await start();
    const task = { Parameters: { Command: { CommandLine: 'true' } } };
    const body = JSON.stringify({ Name: 'demo', Type: 'DAG', DAG: { Tasks: { a: task } } });
    expect(refusalIn(await call({ method: 'POST', path: '/jobs', query: { sync: '' }, body }))).toEqual([
      400,
      'InvalidType',
    ]);
  });

  it('of clusters answer with the statuses of the documents', async () => {
    const asked: unknown[] = [];
    const note = async (...what: unknown[]): Promise<void> => void asked.push(what.slice(1));
    const { call } = await start({
      createCluster: async (_caller, description, token) => ({ Id: `${description.Name}-${token}` }),
      listClusters: async () => ({ Items: [], NextMarker: '' }),
      modifyCluster: note,
      deleteCluster: note,
      deleteClusterInstance: note,
      recreateClusterInstance: note,
    });
    const body = JSON.stringify({ Name: 'c', ImageId: 'img-ubuntu', Groups: { g: { DesiredVMCount: 1 } } });
    const query = { IdempotentToken: 't1' };
    expect(await call({ method: 'POST', path: '/clusters', query, body })).toMatchObject({
      status: 201,
      json: { Id: 'c-t1' },
    });
    expect((await call({ method: 'GET', path: '/clusters' })).json).toEqual(NO_ITEMS);
    expect((await call({ method: 'PUT', path: '/clusters/c' })).status).toBe(200);
    expect((await call({ method: 'DELETE', path: '/clusters/c' })).status).toBe(204);
    const node = '/clusters/c/groups/g/instances/i-1';
    expect((await call({ method: 'DELETE', path: node })).status).toBe(202);
    expect((await call({ method: 'POST', path: `${node}/recreate` })).status).toBe(201);
    const address = { clusterId: 'c', group: 'g', nodeId: 'i-1' };
    expect(asked).toEqual([['c', { Groups: {} }], ['c'], [address], [address]]);
  });

  it('of images answer with the statuses of the documents', async () => {
    const list: unknown[] = [];
    const { call } = await start({
      createImage: async (_caller, description, token) => ({ Id: `${description.Name}-${token}` }),
      listImages: async (_caller, type, page) => {
        list.push(type, page);
        return { Items: [], NextMarker: '' };
      },
      deleteImage: async () => {},
    });
    const body = JSON.stringify({ Name: 'studio', EcsImageId: 'm-1' });
    const query = { IdempotentToken: 't' };
    expect(await call({ method: 'POST', path: '/images', query, body })).toMatchObject({
      status: 201,
      json: { Id: 'studio-t' },
    });
    expect(
      (await call({ method: 'GET', path: '/images', query: { Type: 'Self', MaxItemCount: '7' } })).json,
    ).toEqual(NO_ITEMS);
    expect(list).toEqual(['Self', { marker: '', limit: 7 }]);
    await call({ method: 'GET', path: '/images', query: { Type: '', MaxItemCount: '7' } });
    expect(list.slice(2)).toEqual(['Self', { marker: '', limit: 7 }]);
    expect(await call({ method: 'DELETE', path: '/images/img-1' })).toMatchObject({ status: 204, text: '' });
    const wrong = { method: 'GET', path: '/images', query: { Type: 'Mine' } };
    expect(refusalIn(await call(wrong))).toEqual([400, 'InvalidType']);
    expect(refusalIn(await call({ method: 'POST', path: '/images', body: '{}' }))).toEqual([
      400,
      'MissingName',
    ]);
  });

  it('of Apps need one name in path and body', async () => {
    const { call } = await start();
    const body = JSON.stringify({ Name: 'b', CommandLine: 'true', VM: { ECSImageId: 'img-ubuntu' } });
    expect(refusalIn(await call({ method: 'PUT', path: '/apps/a', body }))).toEqual([400, 'InvalidName']);
  });
});
