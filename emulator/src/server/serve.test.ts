import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialects } from '../api/test-support/dialects.ts';
import { send } from '../api/test-support/send.ts';
import { readServerFile } from './server-file.ts';
import { StartError } from './start-error.ts';
import { sampleJob } from './test-support/sample-job.ts';
import { startServer } from './test-support/start-server.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const text = (value: unknown, key: string): string => String(Object(value)[key]);

describe('A server', () => {
  it.each(Object.entries(dialects))(
    'runs a job that is submitted in the dialect of %s',
    async (_name, dialect) => {
      const { call } = await startServer();
      const created = await call({ method: 'POST', path: '/jobs', body: sampleJob() }, dialect);
      expect(created.status).toBe(201);
      const path = `/jobs/${text(created.json, 'Id')}`;
      await expect
        .poll(() => call({ method: 'GET', path }, dialect))
        .toMatchObject({
          json: { State: 'Finished', InstanceMetrics: { FinishedCount: 2 } },
        });
      const page = {
        method: 'GET',
        path: `${path}/tasks/work/instances`,
        query: { MaxItemCount: '1', Marker: '1' },
      };
      expect((await call(page, dialect)).json).toMatchObject({ Items: [{ InstanceId: 1 }], NextMarker: '' });
      expect((await call({ method: 'DELETE', path }, dialect)).status).toBe(204);
      expect((await call({ method: 'GET', path }, dialect)).status).toBe(404);
    },
  );

  it('tells the tools on its machine where it is, until it is closed', async () => {
    const dataFolder = temporaryFolder();
    const server = await startServer({ dataFolder });
    expect(readServerFile(dataFolder)).toEqual({
      api: server.api,
      oss: server.oss,
      pid: process.pid,
      region: 'local',
    });
    await server.close();
    await server.close();
    expect(readServerFile(dataFolder)).toBeUndefined();
  });

  it('keeps jobs over a restart, and ends those that it had not ended', async () => {
    const dataFolder = temporaryFolder();
    const first = await startServer({ dataFolder });
    const created = await first.call({ method: 'POST', path: '/jobs', body: sampleJob(200) });
    await first.close();
    const second = await startServer({ dataFolder });
    const path = `/jobs/${text(created.json, 'Id')}`;
    await expect
      .poll(() => second.call({ method: 'GET', path }))
      .toMatchObject({ json: { State: 'Finished', InstanceMetrics: { FinishedCount: 200 } } });
  });

  it('answers health and figures without a signature', async () => {
    const { api, call } = await startServer();
    await call({ method: 'GET', path: '/jobs' });
    expect((await send(api, { method: 'GET', target: '/health' })).text).toBe('{"status":"ok"}');
    const metrics = await send(api, { method: 'GET', target: '/metrics' });
    expect(metrics.text).toMatch(/^rebatch_slots 2$/m);
    expect(metrics.text).toMatch(/^rebatch_api_requests_total\{method="GET",status="200"\} \d+$/m);
  });
});

describe('The first account', () => {
  it('is made at first start and kept for its owner only', async () => {
    const dataFolder = temporaryFolder();
    const server = await startServer({ dataFolder }, 'without a given key');
    const file = join(dataFolder, 'credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const signer = { id: text(kept, 'accessKeyId'), secret: text(kept, 'accessKeySecret') };
    const list = dialects.python({ method: 'GET', path: '/jobs' }, signer);
    expect((await send(server.api, list)).status).toBe(200);
    await server.close();
    await startServer({ dataFolder }, 'without a given key');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kept);
  });

  it('is that of the environment when one is given, and then not written down', async () => {
    const dataFolder = temporaryFolder();
    const { call } = await startServer({ dataFolder });
    expect((await call({ method: 'GET', path: '/jobs' })).status).toBe(200);
    expect(existsSync(join(dataFolder, 'credentials.json'))).toBe(false);
  });
});

describe('A start that cannot be', () => {
  it('for a second server of the same data', async () => {
    const dataFolder = temporaryFolder();
    const { api } = await startServer({ dataFolder });
    await expect(startServer({ dataFolder })).rejects.toThrow(
      new StartError(
        `the data folder ${dataFolder} is in use by the server with pid ${process.pid} (${api})`,
      ),
    );
    expect((await send(api, { method: 'GET', target: '/health' })).status).toBe(200);
  });

  it('for a taken port leaves nothing open', async () => {
    const first = await startServer();
    const port = Number(new URL(first.api).port);
    const dataFolder = temporaryFolder();
    await expect(startServer({ dataFolder, apiPort: port })).rejects.toThrow(
      new StartError(`cannot listen on 127.0.0.1:${port}: the port is taken`),
    );
    expect((await startServer({ dataFolder })).api).toMatch(/^http:/);
  });
});

describe('Under the names of the vendor', () => {
  it('one port serves the API and OSS, told apart by Host', async () => {
    const { log } = await startServer({ vendorPorts: { http: 0, https: 0 } });
    const line = log.find((entry) => entry.includes('names of the vendor url=http:')) ?? '';
    const url = line.slice(line.indexOf('http:')).trim();
    const ask = (host: string) => send(url, { method: 'GET', target: '/health', headers: { Host: host } });
    expect((await ask('batchcompute.local.aliyuncs.com')).text).toBe('{"status":"ok"}');
    const oss = await ask('bucket.oss-local.aliyuncs.com');
    expect(oss.text).not.toBe('{"status":"ok"}');
    expect(oss.headers.server).not.toBe('AliyunBatchCompute');
  });
});
