import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../control/control.ts';
import { controlWith } from './test-support/control-with.ts';
import { dialects } from './test-support/dialects.ts';
import { refusalIn } from './test-support/expect-wire.ts';
import { KEY, type StartedApi, startApi } from './test-support/start-api.ts';

const NO_ITEMS = { Items: [], NextMarker: '' };
const CALLER = { owner: KEY.owner };
let api: StartedApi | undefined;
afterEach(() => api?.close());

async function start(verbs: Partial<Control> = {}): Promise<StartedApi> {
  api = await startApi(controlWith(verbs));
  return api;
}

describe('Every client dialect', () => {
  it.each(Object.entries(dialects))(
    '%s: queries with blanks, slashes and empty values',
    async (_name, dialect) => {
      const seen: unknown[] = [];
      const { call } = await start({
        listJobs: async (...args) => {
          seen.push(args);
          return NO_ITEMS;
        },
      });
      const query = { Marker: 'a b/c+d=é', MaxItemCount: '5', State: '', OrderBy: 'Id' };
      const response = await call({ method: 'GET', path: '/jobs', query }, dialect);
      expect(response).toMatchObject({ status: 200, json: NO_ITEMS });
      expect(seen).toEqual([[CALLER, { orderBy: 'Id' }, { marker: 'a b/c+d=é', limit: 5 }]]);
    },
  );

  it.each(Object.entries(dialects))('%s: bare keys', async (_name, dialect) => {
    const { call } = await start({ listApps: async () => NO_ITEMS, getAppRevisions: async () => [] });
    const list = await call(
      { method: 'GET', path: '/apps', query: { Scope: 'Public', Marker: '' } },
      dialect,
    );
    expect(list.status).toBe(200);
    const revisions = { method: 'GET', path: '/apps/a', query: { Revisions: 'True' } };
    expect((await call(revisions, dialect)).json).toEqual([]);
  });

  it.each(Object.entries(dialects))('%s: a JSON body whatever its Content-Type', async (_name, dialect) => {
    const seen: unknown[] = [];
    const { call } = await start({
      changeJobPriority: async (...args) => {
        seen.push(args);
      },
    });
    const response = await call({ method: 'PUT', path: '/jobs/job-1', body: '{"Priority":10}' }, dialect);
    expect(response).toMatchObject({ status: 200, json: {} });
    expect(seen).toEqual([[CALLER, 'job-1', 10]]);
  });

  it.each(Object.entries(dialects))('%s: a wrong secret is refused', async (_name, dialect) => {
    const { call } = await start();
    const signer = { ...KEY, secret: 'other' };
    expect(refusalIn(await call({ method: 'GET', path: '/jobs' }, dialect, signer))).toEqual([
      400,
      'SignatureDoesNotMatch',
    ]);
  });
});

describe('A compressed body', () => {
  it('is inflated', async () => {
    const seen: unknown[] = [];
    const { raw } = await start({
      changeJobPriority: async (...args) => {
        seen.push(args);
      },
    });
    const sent = dialects.python({ method: 'PUT', path: '/jobs/job-1' }, KEY);
    // The type of compression is an x-acs header like any other: it would have to be signed.
    const unsigned = await raw({ ...sent, headers: { ...sent.headers, 'x-acs-compress-type': 'deflate' } });
    expect(refusalIn(unsigned)).toEqual([400, 'SignatureDoesNotMatch']);
    const signed = dialects.python({ method: 'PUT', path: '/jobs/job-1' }, KEY, {
      'x-acs-compress-type': 'deflate',
    });
    expect((await raw({ ...signed, body: deflateSync('{"Priority":7}') })).status).toBe(200);
    expect(seen).toEqual([[CALLER, 'job-1', 7]]);
  });
});
