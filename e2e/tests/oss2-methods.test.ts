import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countPassed, failures, type Outcomes, parseOutcomes } from '../support/outcomes.ts';
import { runPythonClient } from '../support/python-clients.ts';
import { type StartedServer, startServer } from '../support/server.ts';

const SIGNATURES = ['v1', 'v2', 'v4'] as const;

let server: StartedServer;
let folder: string;
let said: string;
let outcomes: Outcomes;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-oss2-'));
  server = await startServer({ executor: 'simulated' });
  const program = await runPythonClient('oss2_every_method.py', folder, {
    OSS: server.oss,
    ACCESS_KEY_ID: server.accessKeyId,
    ACCESS_KEY_SECRET: server.accessKeySecret,
    SIGNATURES: SIGNATURES.join(' '),
  });
  said = program.stdout + program.stderr;
  if (program.code !== 0) throw new Error(said);
  outcomes = parseOutcomes(await readFile(join(folder, 'result.json'), 'utf8'));
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

describe.each(SIGNATURES)('the Python SDK oss2 with signature %s', (signature) => {
  test('does everything that this store serves', () => {
    const bySignature = outcomes[signature] ?? {};
    expect(failures(bySignature), said).toEqual({});
    // docs/object-clients.md says which methods are not served, and why.
    expect(countPassed(bySignature, 'Bucket.')).toEqual([76, 153]);
    expect(countPassed(bySignature, 'Service.')).toEqual([1, 16]);
  });
});
