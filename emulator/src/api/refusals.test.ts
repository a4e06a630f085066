import { notFound, stateConflict } from '@rebatch/model';
import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../control/control.ts';
import { controlWith } from './test-support/control-with.ts';
import { dialects } from './test-support/dialects.ts';
import { refusalIn } from './test-support/expect-wire.ts';
import { KEY, type StartedApi, startApi } from './test-support/start-api.ts';

let api: StartedApi | undefined;
afterEach(() => api?.close());

async function start(verbs: Partial<Control> = {}): Promise<StartedApi> {
  api = await startApi(controlWith(verbs));
  return api;
}

describe('A refusal is JSON that says why', () => {
  it('when nothing is signed', async () => {
    const { raw } = await start();
    expect(refusalIn(await raw({ method: 'GET', target: '/jobs' }))).toEqual([400, 'MissingAuthorization']);
  });

  it('when the key is unknown or the clock is 20 minutes off', async () => {
    const { call } = await start();
    const request = { method: 'GET', path: '/jobs' };
    const stranger = { id: 'nobody', secret: 'SK' };
    expect(refusalIn(await call(request, dialects.python, stranger))).toEqual([
      404,
      'InvalidAccessKeyId.NotFound',
    ]);
    for (const minutes of [-20, 20]) {
      const late = { ...KEY, now: Date.now() + minutes * 60_000 };
      expect(refusalIn(await call(request, dialects.java, late))).toEqual([400, 'InvalidTimeStamp.Expired']);
    }
  });

  it('when the version or the signature method is another', async () => {
    const { raw } = await start();
    const target = '/jobs';
    const old = await raw({ method: 'GET', target, headers: { 'x-acs-version': '2015-06-30' } });
    expect(refusalIn(old)).toEqual([400, 'InvalidVersion']);
    const sha256 = await raw({ method: 'GET', target, headers: { 'x-acs-signature-method': 'HMAC-SHA256' } });
    expect(refusalIn(sha256)).toEqual([400, 'InvalidSignatureMethod']);
    const second = await raw({ method: 'GET', target, headers: { 'x-acs-signature-version': '2.0' } });
    expect(refusalIn(second)).toEqual([400, 'InvalidSignatureVersion']);
  });

  it.each(['/', '/nothing', '/jobs/a/b', '/jobs/a/tasks/t/instances/0/x', '//jobs', '/Jobs', '/favicon.ico'])(
    'when there is no path %s',
    async (target) => {
      const { raw } = await start();
      expect(refusalIn(await raw({ method: 'GET', target }))).toEqual([404, 'InvalidAction.NotFound']);
    },
  );

  it('when the path does not have the method', async () => {
    const { raw } = await start();
    const response = await raw({ method: 'PUT', target: '/jobs' });
    expect(refusalIn(response)).toEqual([405, 'UnsupportedHTTPMethod']);
    expect(response.headers.allow).toBe('POST, GET');
    expect(refusalIn(await raw({ method: 'PATCH', target: '/jobs/job-1' }))).toEqual([
      405,
      'UnsupportedHTTPMethod',
    ]);
  });

  it('when the target has a broken escape', async () => {
    const { raw } = await start();
    expect(refusalIn(await raw({ method: 'GET', target: '/jobs/%zz' }))).toEqual([400, 'InvalidParameter']);
  });

  it.each(['', '{', 'Name=demo', '[1', '{"Priority":10'])('when the body is %j', async (body) => {
    const { call } = await start();
    expect(refusalIn(await call({ method: 'POST', path: '/jobs', body }))).toEqual([
      400,
      'InvalidJsonFormat',
    ]);
    expect(refusalIn(await call({ method: 'PUT', path: '/apps/a', body }))).toEqual([
      400,
      'InvalidJsonFormat',
    ]);
  });

  it('when the body is no object', async () => {
    const { call } = await start();
    expect(refusalIn(await call({ method: 'POST', path: '/jobs', body: '[]' }))).toEqual([
      400,
      'InvalidHttpBody',
    ]);
  });

  it('when the body is too long', async () => {
    const { call } = await start();
    const body = `{"Name":"${'a'.repeat(9 * 1024 * 1024)}"}`;
    expect(refusalIn(await call({ method: 'POST', path: '/jobs', body }))).toEqual([413, 'InvalidHttpBody']);
  });

  it('when the body is not the one that was signed with its MD5', async () => {
    const { raw } = await start();
    const sent = dialects.java({ method: 'PUT', path: '/jobs/job-1', body: '{"Priority":1}' }, KEY);
    expect(refusalIn(await raw({ ...sent, body: '{"Priority":2}' }))).toEqual([400, 'InvalidContentMD5']);
  });

  it.each([
    ['/jobs', 'State=Done', 'InvalidState'],
    ['/jobs', 'MaxItemCount=101', 'InvalidMaxItemCount'],
    ['/jobs', 'OrderBy=Name', 'InvalidOrderBy'],
    ['/jobs/job-1/tasks', 'MaxItemCount=x', 'InvalidMaxItemCount'],
    ['/jobs/job-1/tasks/t/instances', 'Marker=x', 'InvalidMarker'],
    ['/apps', 'Scope=All', 'InvalidScope'],
    ['/apps', 'MaxItemCount=0', 'InvalidMaxItemCount'],
  ])('when %s is asked with %s', async (path, text, code) => {
    const { call } = await start();
    const query = Object.fromEntries(new URLSearchParams(text));
    expect(refusalIn(await call({ method: 'GET', path, query }))).toEqual([400, code]);
  });

  it('when an instance is not a number', async () => {
    const { call } = await start();
    const path = '/jobs/job-1/tasks/t/instances/-1';
    expect(refusalIn(await call({ method: 'GET', path }))).toEqual([404, 'InvalidResource.NotFound']);
  });

  it('when control refuses', async () => {
    const { call } = await start({
      getJob: async () => {
        throw notFound();
      },
      stopJob: async () => {
        throw stateConflict('Finished');
      },
    });
    expect(refusalIn(await call({ method: 'GET', path: '/jobs/x' }))).toEqual([
      404,
      'InvalidResource.NotFound',
    ]);
    expect(refusalIn(await call({ method: 'POST', path: '/jobs/x/stop' }))).toEqual([409, 'StateConflict']);
  });

  it('when the server fails, without telling the cause to strangers', async () => {
    const cause = new Error('secret path /x');
    const { call, answers } = await start({
      getJob: async () => {
        throw cause;
      },
    });
    const response = await call({ method: 'GET', path: '/jobs/x' });
    expect(refusalIn(response)).toEqual([500, 'InternalError']);
    expect(response.text).not.toContain('secret');
    await expect.poll(() => answers).toMatchObject([{ status: 500, cause }]);
  });
});
