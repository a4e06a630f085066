import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGoClient } from '../support/go-clients.ts';
import { countPassed, failures, type Outcomes, parseOutcomes } from '../support/outcomes.ts';
import { runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';

let server: StartedServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-go-'));
  server = await startServer({ executor: 'simulated' });
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

async function runGoClient(name: string): Promise<Outcomes> {
  const result = join(folder, `${name}.json`);
  await runOk(await buildGoClient(name), [result], {
    env: {
      ...process.env,
      OSS: server.oss,
      ACCESS_KEY_ID: server.accessKeyId,
      ACCESS_KEY_SECRET: server.accessKeySecret,
    },
  });
  return parseOutcomes(await readFile(result, 'utf8'));
}

// docs/object-clients.md says which methods are not served, and why.
describe('every method that this store serves works with', () => {
  test('the Go SDK v1, whichever way it signs', async () => {
    const outcomes = await runGoClient('sdk1');
    expect(Object.keys(outcomes).toSorted()).toEqual(['v1', 'v2', 'v4']);
    for (const bySignature of Object.values(outcomes)) {
      expect(failures(bySignature)).toEqual({});
      expect(countPassed(bySignature, 'Bucket.')).toEqual([55, 71]);
      expect(countPassed(bySignature, 'Client.')).toEqual([55, 118]);
    }
  });

  test('the Go SDK v2, whichever way it signs', async () => {
    const outcomes = await runGoClient('sdk2');
    expect(Object.keys(outcomes).toSorted()).toEqual(['v1', 'v4']);
    for (const bySignature of Object.values(outcomes)) {
      expect(failures(bySignature)).toEqual({});
      expect(countPassed(bySignature, 'Client.')).toEqual([86, 185]);
    }
  });
});
