import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClientContainer } from '../support/client-container.ts';
import { ROOT } from '../support/paths.ts';
import { PYTHON_CLIENTS } from '../support/python-clients.ts';
import { type StartedServer, startServer } from '../support/server.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

test('the first job of the README says hello three times, with the clients from PyPI', async () => {
  const container = await startClientContainer({
    image: PYTHON_CLIENTS,
    folder: join(ROOT, 'examples/hello'),
    env: {
      REBATCH_ENDPOINT: server.api,
      REBATCH_OSS_ENDPOINT: server.oss,
      REBATCH_ACCESS_KEY_ID: server.accessKeyId,
      REBATCH_ACCESS_KEY_SECRET: server.accessKeySecret,
    },
  });
  try {
    const done = await container.run(['python3', '/case/hello.py']);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout.trim().split('\n').slice(1)).toEqual([
      'the job is Finished',
      'hello from instance 0 of 3',
      'hello from instance 1 of 3',
      'hello from instance 2 of 3',
    ]);
  } finally {
    await container.stop();
  }
});
