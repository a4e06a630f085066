import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { runPythonClient } from '../support/python-clients.ts';
import { type StartedServer, startServer } from '../support/server.ts';

const RESULT = z.object({ methods: z.record(z.string(), z.string()) });

let server: StartedServer | undefined;
let folder: string | undefined;
afterEach(async () => {
  await server?.dispose();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('every method of the Python SDK works', async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-methods-'));
  server = await startServer({ executor: 'simulated', simulate: 'duration=1s', slots: 8 });
  const program = await runPythonClient('every_method.py', folder, {
    API: server.api,
    ACCESS_KEY_ID: server.accessKeyId,
    ACCESS_KEY_SECRET: server.accessKeySecret,
  });
  expect(program, program.stderr + program.stdout).toMatchObject({ code: 0 });

  const { methods } = RESULT.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
  const failed = Object.entries(methods).filter(([, outcome]) => outcome !== 'passed');
  expect(Object.fromEntries(failed)).toEqual({});
  expect(Object.keys(methods)).toHaveLength(45);
});
