import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../control/control.ts';
import { controlWith } from './test-support/control-with.ts';
import { expectCommonHeaders, UUID } from './test-support/expect-wire.ts';
import { JOB } from './test-support/sample-job.ts';
import { type StartedApi, startApi } from './test-support/start-api.ts';

let api: StartedApi | undefined;
afterEach(() => api?.close());

async function start(verbs: Partial<Control> = {}): Promise<StartedApi> {
  api = await startApi(controlWith(verbs));
  return api;
}

describe('Every answer', () => {
  it('carries the headers that clients look for, also with status 204', async () => {
    const { call } = await start({ getJob: async () => JOB, deleteJob: async () => undefined });
    const read = await call({ method: 'GET', path: `/jobs/${JOB.Id}` });
    expectCommonHeaders(read);
    expect(read).toMatchObject({
      status: 200,
      json: JOB,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, GET, OPTIONS',
        'access-control-max-age': '172800',
      },
    });
    const deleted = await call({ method: 'DELETE', path: `/jobs/${JOB.Id}` });
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expectCommonHeaders(deleted);
  });

  it('is counted with its status', async () => {
    const { call, answers } = await start({ getJob: async () => JOB });
    await call({ method: 'GET', path: '/jobs/job-1' });
    await expect.poll(() => answers).toMatchObject([{ method: 'GET', target: '/jobs/job-1', status: 200 }]);
  });
});

describe('Without a signature', () => {
  it('health and metrics can be read', async () => {
    const { raw } = await start();
    const health = await raw({ method: 'GET', target: '/health' });
    expect(health).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    const metrics = await raw({ method: 'GET', target: '/metrics' });
    expect(metrics.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(metrics.text).toBe('up 1\n');
  });

  it.each(['/health', '/metrics'])('%s is only read', async (target) => {
    const { raw } = await start();
    const response = await raw({ method: 'POST', target });
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect(response.text).toContain('"UnsupportedHTTPMethod"');
  });

  it('a browser may ask what it may send', async () => {
    const { raw } = await start();
    const headers = { 'Access-Control-Request-Headers': 'authorization,x-acs-date' };
    const response = await raw({ method: 'OPTIONS', target: '/jobs', headers });
    expect(response).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-headers': 'authorization,x-acs-date' },
    });
  });
});
describe('Bytes that are not HTTP', () => {
  it.each([
    ['nonsense', 'what is this\r\n\r\n', 400],
    ['an unknown method', 'BREW /jobs HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['oversized headers', `GET /jobs HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('%s get a JSON answer, too', async (_name, bytes, status) => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('Content-Type: application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      Code: 'InvalidParameter',
      Message: expect.any(String),
      RequestId: expect.stringMatching(UUID),
      HostId: '',
    });
  });
});
