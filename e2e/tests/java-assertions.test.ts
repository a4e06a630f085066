import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { send } from '../fuzz/send.ts';
import { type StartedServer, startServer } from '../support/server.ts';

/**
 * What the vendor's own live tests of its Java SDK assert (spec/batchcompute-api.md §19), over requests as that SDK sends
 * them: JSON under the content type of forms, a digest in base64 of empty bodies too, both headers for the key's id.
 */

const agent = new Agent({ keepAlive: true });
let server: StartedServer;
beforeAll(async () => {
  // Nothing boots within the test: what is new stays Waiting, as where a machine takes minutes.
  server = await startServer({ executor: 'simulated', simulate: 'boot=1h', slots: 50 });
});
afterAll(async () => {
  agent.destroy();
  await server.dispose();
});

const JSON_BODY = z.record(z.string(), z.unknown()).or(z.array(z.unknown()));
const ITEMS = z.object({ Items: z.array(z.record(z.string(), z.unknown())), NextMarker: z.string() });

interface Reply {
  status: number;
  json: unknown;
}

async function call(method: string, target: string, body?: unknown): Promise<Reply> {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const account = { id: server.accessKeyId, secret: server.accessKeySecret };
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-MD5': createHash('md5').update(bytes).digest('base64'),
    RegionId: 'local',
    'x-acs-access-key-id': account.id,
    'x-acs-accesskey-id': account.id,
    'x-acs-version': '2015-11-11',
  };
  const request = { method, target, headers, body: bytes, signed: true };
  const answer = await send(new URL(server.api), agent, account, request);
  // The SDK throws where these are missing.
  expect(answer.headers).toMatchObject({
    'request-id': expect.any(String),
    'content-type': expect.stringContaining('application/json'),
  });
  return { status: answer.status, json: answer.body === '' ? {} : JSON_BODY.parse(JSON.parse(answer.body)) };
}

async function create(path: string, body: unknown): Promise<string> {
  const { status, json } = await call('POST', path, body);
  expect({ status, json }).toMatchObject({ status: 201 });
  return z.object({ Id: z.string() }).parse(json).Id;
}

const items = async (target: string): Promise<Record<string, unknown>[]> =>
  ITEMS.parse((await call('GET', target)).json).Items;

const NOT_FOUND = { status: 404, json: { Code: 'InvalidResource.NotFound' } };
const TOPIC = (Events: string[]): object => ({
  Topic: { Name: 'topic', Endpoint: 'http://topics.example.test/', Events },
});
const DISKS = {
  SystemDisk: { Type: 'cloud_efficiency', Size: 50 },
  DataDisk: { Type: 'cloud_efficiency', Size: 60, MountPoint: '/home/disk' },
};

function cluster(DesiredVMCount: number): Record<string, unknown> {
  return {
    Name: 'java',
    ImageId: 'img-ubuntu',
    InstanceType: 'ecs.sn1ne.large',
    Description: 'from Java',
    UserData: { key: 'value' },
    Groups: { group1: { DesiredVMCount, InstanceType: 'ecs.sn1ne.large', ResourceType: 'Spot' } },
    Configs: { Disks: DISKS },
    Notification: TOPIC(['OnInstanceActive', 'OnClusterDeleted', 'OnInstanceCreated']),
  };
}

const MOUNTS = {
  Entries: [{ Source: 'oss://java/ref/', Destination: '/home/ref/', WriteSupport: true }],
  Locale: 'UTF-8',
  Lock: true,
  NAS: { AccessGroup: ['group'], FileSystem: ['nas://file-system/'] },
  OSS: { AccessKeyId: 'id', AccessKeySecret: 'secret', SecurityToken: 'token' },
};
const NETWORKS = {
  Classic: {
    AllowSecurityGroup: ['sg-1'],
    AllowSecurityGroupEgress: ['sg-2'],
    AllowIpAddress: ['10.0.0.1'],
    AllowIpAddressEgress: ['10.0.0.2'],
  },
};
const AUTO_CLUSTER = {
  ImageId: 'img-ubuntu',
  InstanceType: 'ecs.sn1ne.large',
  ResourceType: 'Spot',
  ReserveOnFail: true,
  Configs: { Disks: DISKS, Mounts: MOUNTS, Networks: NETWORKS },
};

function job(where: object): Record<string, unknown> {
  return {
    Name: 'java',
    Description: 'from Java',
    Priority: 1,
    Type: 'DAG',
    AutoRelease: true,
    JobFailOnInstanceFail: false,
    Notification: TOPIC(['OnJobFailed', 'OnJobWaiting', 'OnTaskFinished']),
    DAG: {
      Tasks: {
        task: {
          // The SDK writes the name inside, too.
          TaskName: 'task',
          InstanceCount: 4,
          MaxRetryCount: 1,
          Timeout: 600,
          Parameters: {
            Command: { CommandLine: 'true' },
            StdoutRedirectPath: 'oss://java/logs/',
            StderrRedirectPath: 'oss://java/logs/',
          },
          CredentialConfig: { ServiceRole: 'role', Chain: [{ Role: 'other', UserId: 1 }] },
          ...where,
        },
      },
      Dependencies: {},
    },
  };
}

describe('the vendor’s live tests of Java', () => {
  test('1–3: a cluster is made, changed and echoed', async () => {
    const id = await create('/clusters', cluster(2));
    expect(id).toMatch(/^cls-/);
    const { status, json } = await call('GET', `/clusters/${id}`);
    expect({ status, json }).toMatchObject({
      status: 200,
      json: {
        Groups: { group1: { DesiredVMCount: 2 } },
        UserData: { key: 'value' },
        Configs: { Disks: DISKS },
        Notification: TOPIC(['OnInstanceActive', 'OnClusterDeleted', 'OnInstanceCreated']),
      },
    });
    const group = z.object({ Groups: z.object({ group1: z.object({ ActualVMCount: z.number() }) }) });
    expect(group.parse(json).Groups.group1.ActualVMCount).toBeLessThanOrEqual(2);
    for (const DesiredVMCount of [4, 0]) {
      const change = await call('PUT', `/clusters/${id}`, { Groups: { group1: { DesiredVMCount } } });
      expect(change.status).toBe(200);
      expect((await call('GET', `/clusters/${id}`)).json).toMatchObject({
        Groups: { group1: { DesiredVMCount } },
      });
    }
    const spot = { SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.6 };
    expect((await call('PUT', `/clusters/${id}`, { Groups: { group1: spot } })).status).toBe(200);
    expect((await call('GET', `/clusters/${id}`)).json).toMatchObject({ Groups: { group1: spot } });
    expect((await call('DELETE', `/clusters/${id}`)).status).toBe(204);
  });

  test('4–5: jobs on a cluster and on machines of their own are made and described', async () => {
    const clusterId = await create('/clusters', cluster(1));
    for (const where of [{ ClusterId: clusterId }, { AutoCluster: AUTO_CLUSTER }]) {
      const id = await create('/jobs', job(where));
      const counts = { WaitingCount: 4, RunningCount: 0, FinishedCount: 0, FailedCount: 0, StoppedCount: 0 };
      const { json } = await call('GET', `/jobs/${id}`);
      expect(json).toMatchObject({
        Id: id,
        OwnerId: expect.any(Number),
        State: 'Waiting',
        CreationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/),
        InstanceMetrics: counts,
        TaskMetrics: { ...counts, WaitingCount: 1 },
      });
      expect(json).toEqual(
        expect.objectContaining({ StartTime: expect.anything(), EndTime: expect.anything() }),
      );
      const { TaskName, ...task } = Object(job(where).DAG).Tasks.task;
      expect((await call('GET', `/jobs/${id}?description`)).json).toMatchObject({
        ...job(where),
        DAG: { Tasks: { [TaskName]: task } },
      });
    }
  });

  test('6–9: a job is listed, walked through, stopped, changed, started and deleted', async () => {
    const id = await create('/jobs', job({ AutoCluster: AUTO_CLUSTER }));
    const waiting = await items('/jobs?MaxItemCount=100&State=Waiting');
    expect(waiting.map(({ Id }) => Id)).toContain(id);
    const reverse = (await items('/jobs?IsReverse=true&MaxItemCount=100&OrderBy=Id')).map(({ Id }) =>
      String(Id),
    );
    expect(reverse).toEqual(reverse.toSorted().toReversed());

    expect(await items(`/jobs/${id}/tasks`)).toMatchObject([{ TaskName: 'task' }]);
    expect(await call('GET', `/jobs/${id}/tasks/task`)).toMatchObject({
      status: 200,
      json: { TaskName: 'task' },
    });
    const all = `/jobs/${id}/tasks/task/instances`;
    for (const count of [1, 2, 3, 4]) {
      expect(await items(`${all}?MaxItemCount=${count}`)).toMatchObject(
        Array.from({ length: count }, (_, InstanceId) => ({ InstanceId, State: 'Waiting' })),
      );
    }

    // 10: not while it waits.
    expect(await call('DELETE', `/jobs/${id}`)).toMatchObject({
      status: 409,
      json: { Code: 'StateConflict' },
    });
    expect((await call('POST', `/jobs/${id}/stop`)).status).toBe(201);
    expect((await call('GET', `/jobs/${id}`)).json).toMatchObject({ State: 'Stopped' });
    expect((await call('PUT', `/jobs/${id}`, { Priority: 2 })).status).toBe(200);
    expect((await call('GET', `/jobs/${id}?description`)).json).toMatchObject({ Priority: 2 });
    expect((await call('POST', `/jobs/${id}/start`)).status).toBe(201);
    expect((await call('POST', `/jobs/${id}/stop`)).status).toBe(201);
    expect((await call('DELETE', `/jobs/${id}`)).status).toBeOneOf([200, 202, 204]);
    expect(await call('GET', `/jobs/${id}`)).toMatchObject(NOT_FOUND);
  });

  test('11: an image is made, read, listed and deleted', async () => {
    const description = { Name: 'java', EcsImageId: 'm-ubuntu', Platform: 'Linux', Description: 'from Java' };
    const id = await create('/images', description);
    expect((await call('GET', `/images/${id}`)).json).toMatchObject({ ...description, Id: id });
    const system = await items('/images?MaxItemCount=10&Type=System');
    expect(system.length).toBeGreaterThan(0);
    expect(new Set(system.map(({ Type }) => Type))).toEqual(new Set(['System']));
    expect((await items('/images')).map(({ Id }) => Id)).toEqual([id]);
    expect((await call('DELETE', `/images/${id}`)).status).toBeOneOf([200, 204]);
    expect(await call('GET', `/images/${id}`)).toMatchObject(NOT_FOUND);
  });

  test('12: an App is made, changed and read by revision, and a job of it made and deleted', async () => {
    const app = {
      Name: 'java',
      CommandLine: 'echo ${text}',
      VM: { ECSImageId: 'img-ubuntu' },
      InputParameters: { text: { Type: 'String', Default: 'none', Description: '' } },
      // Numbers arrive as text from this SDK.
      Config: { InstanceCount: { Default: '2', Overwritable: true } },
    };
    expect(await call('POST', '/apps', app)).toMatchObject({ status: 201, json: { Name: 'java' } });
    expect((await call('GET', '/apps/java?Scope=Private')).json).toMatchObject({ Name: 'java' });
    expect(await items('/apps?Scope=Private')).toMatchObject([{ Name: 'java' }]);
    const changed = { ...app, CommandLine: 'echo more ${text}' };
    expect((await call('PUT', '/apps/java', changed)).status).toBe(200);
    const revisions = await call('GET', '/apps/java?Revisions=True');
    expect(revisions.json).toMatchObject([{ Revision: 0 }, { Revision: 1 }]);
    const detail = await call('GET', '/apps/java?Detail=True&Qualifier=0');
    expect(detail.json).toMatchObject({
      CommandLine: 'echo ${text}',
      Config: { InstanceCount: { Default: 2 } },
    });
    expect((await call('GET', '/apps/java?Detail=True&Qualifier')).json).toMatchObject({
      CommandLine: 'echo more ${text}',
    });

    const App = { AppName: 'java', Inputs: { text: 'hello' }, Outputs: {}, Config: { InstanceCount: 1 } };
    const id = await create('/jobs', { Name: 'java-app', Type: 'App', App });
    expect((await call('GET', `/jobs/${id}?description`)).json).toMatchObject({ Type: 'App', App });
    expect((await call('POST', `/jobs/${id}/stop`)).status).toBe(201);
    expect((await call('DELETE', `/jobs/${id}`)).status).toBeOneOf([200, 202, 204]);
    expect((await call('DELETE', '/apps/java')).status).toBeOneOf([200, 204]);
    expect(await call('GET', '/apps/java')).toMatchObject(NOT_FOUND);
  });

  test('13: a machine of a cluster is read, made anew and deleted', async () => {
    const id = await create('/clusters', cluster(1));
    const all = `/clusters/${id}/groups/group1/instances`;
    const [first] = await items(all);
    expect(first).toMatchObject({
      State: expect.stringMatching(/^(Pending|Starting|Running)$/),
      ErrorCode: 0,
    });
    const one = `${all}/${String(first?.['Id'])}`;
    expect((await call('GET', one)).json).toMatchObject({ Id: first?.['Id'] });
    expect((await call('POST', `${one}/recreate`)).status).toBe(201);
    expect((await call('POST', `${one}/recreate`)).status).toBe(409);
    const next = (await items(all)).find(({ State }) => State === 'Pending' || State === 'Starting');
    expect(next?.['Id']).not.toBe(first?.['Id']);
    expect((await call('DELETE', `${all}/${String(next?.['Id'])}`)).status).toBe(202);
    expect((await call('DELETE', `${all}/${String(next?.['Id'])}`)).status).toBe(409);
    expect((await call('GET', `/clusters/${id}`)).json).toMatchObject({
      Groups: { group1: { DesiredVMCount: 0 } },
    });
  });

  test('14: quotas name what can be had', async () => {
    const { json } = await call('GET', '/quotas');
    const lists = Object.values(Object(json)).filter((kinds) => Array.isArray(kinds));
    expect(lists.map((kinds) => kinds.length)).not.toContain(0);
    expect(json).toMatchObject({ AvailableClusterInstanceType: expect.any(Array) });
  });

  test('15: the same token makes one job', async () => {
    const path = '/jobs?IdempotentToken=java-token';
    const first = await create(path, job({ AutoCluster: AUTO_CLUSTER }));
    expect(await create(path, job({ AutoCluster: AUTO_CLUSTER }))).toBe(first);
  });
});
