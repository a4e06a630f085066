import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runPythonClient } from '../support/python-clients.ts';
import { type StartedServer, startServer } from '../support/server.ts';

const SIGNATURES = ['v1', 'v4'] as const;
const RESULT = z.record(z.enum(SIGNATURES), z.record(z.string(), z.string()));

let server: StartedServer;
let folder: string;
let said: string;
let result: z.infer<typeof RESULT>;

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
  result = RESULT.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});

describe.each(SIGNATURES)('the Python SDK oss2 with signature %s', (signature) => {
  test('does everything that this store serves', () => {
    const outcomes = Object.entries(result[signature]);
    const failed = outcomes.filter(([, outcome]) => outcome !== 'passed' && outcome !== 'not used');
    expect(Object.fromEntries(failed), said).toEqual({});
    const count = (kind: string): number[] => {
      const some = outcomes.filter(([name]) => name.startsWith(kind));
      return [some.filter(([, outcome]) => outcome === 'passed').length, some.length];
    };
    // docs/object-clients.md says which methods are not served, and why.
    expect([count('Bucket.'), count('Service.')]).toEqual([
      [66, 153],
      [1, 16],
    ]);
  });
});
