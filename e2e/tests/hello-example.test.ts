import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { runPythonClient } from '../support/python-clients.ts';
import { type StartedServer, startServer } from '../support/server.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

test('the first job of the README says hello three times, with the clients from PyPI', async () => {
  // The folder appears as /work beside the other programs' /clients.
  const done = await runPythonClient('../work/hello.py', join(ROOT, 'examples/hello'), {
    REBATCH_ENDPOINT: server.api,
    REBATCH_OSS_ENDPOINT: server.oss,
    REBATCH_ACCESS_KEY_ID: server.accessKeyId,
    REBATCH_ACCESS_KEY_SECRET: server.accessKeySecret,
  });
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout.trim().split('\n').slice(1)).toEqual([
    'the job is Finished',
    'hello from instance 0 of 3',
    'hello from instance 1 of 3',
    'hello from instance 2 of 3',
  ]);
});
