import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInBrowser } from '../support/browser-page.ts';
import { countPassed, failures, parseOutcomes } from '../support/outcomes.ts';
import { ROOT } from '../support/paths.ts';
import { runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';

let server: StartedServer;
let folder: string;
/** The client wants a name in its endpoint: with an IP it puts the vendor's host into Host (spec/oss.md §1.1). */
let endpoint: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-ali-oss-'));
  server = await startServer({ executor: 'simulated' });
  endpoint = server.oss.replace('127.0.0.1', 'localhost');
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

// docs/object-clients.md says which methods are not served, and why.
describe('every method of ali-oss that this store serves works', () => {
  test('in Node', async () => {
    const result = join(folder, 'node.json');
    await runOk(process.execPath, [join(ROOT, 'e2e/clients/ali-oss/node.mjs'), result], {
      env: {
        ...process.env,
        OSS: endpoint,
        ACCESS_KEY_ID: server.accessKeyId,
        ACCESS_KEY_SECRET: server.accessKeySecret,
      },
    });
    const outcomes = parseOutcomes(await readFile(result, 'utf8'));
    expect(Object.keys(outcomes)).toEqual(['v1', 'v4']);
    for (const bySignature of Object.values(outcomes)) {
      expect(failures(bySignature)).toEqual({});
      expect(countPassed(bySignature, '')).toEqual([77, 110]);
    }
  });

  test('in a page that a real browser shows', async () => {
    const buckets = { v1: 'ali-oss-page-v1', v4: 'ali-oss-page-v4' };
    for (const bucket of Object.values(buckets)) await server.objects.makeBucket(bucket);
    const keys = { accessKeyId: server.accessKeyId, accessKeySecret: server.accessKeySecret };
    const outcomes = parseOutcomes(await runInBrowser({ keys, endpoint, buckets }));
    expect(Object.keys(outcomes)).toEqual(['v1', 'v4']);
    for (const bySignature of Object.values(outcomes)) {
      expect(failures(bySignature)).toEqual({});
      expect(countPassed(bySignature, '')).toEqual([57, 81]);
    }
  });
});
