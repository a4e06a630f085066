import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { rebatch } from '../support/rebatch.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2 });
});
afterAll(() => server.dispose());

/** What an instance prints before its last words. */
function linesOf(instance: number): string[] {
  return [1, 2, 3, 4].flatMap((line) => [
    `[hello.${instance}] line ${line}`,
    `[hello.${instance} err] oops ${line}`,
  ]);
}

test('following a job shows each line of each instance once, through a restart of the server, and ends with it', async () => {
  const { client, objects } = server;
  // The third starts when one of the others has ended.
  const id = await client.createJob(
    await helloJob(
      server,
      'for i in 1 2 3 4; do echo line $i; echo oops $i >&2; sleep 0.6; done; printf end',
      {
        InstanceCount: 3,
      },
    ),
  );
  const following = rebatch(server, 'logs', id, '-f', '--both');
  await until('somebody prints', async () => objects.find(HELLO_BUCKET, `logs/stdout.${id}.hello.0`));
  await server.restart();
  const { code, stdout, stderr } = await following;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^(.*; waiting for it\n)*$/);
  const expected = [0, 1, 2].flatMap((number) => [...linesOf(number), `[hello.${number}] end`]);
  expect(stdout.trim().split('\n').toSorted()).toEqual(expected.toSorted());
  for (const number of [0, 1, 2]) {
    const own = stdout.split('\n').filter((line) => line.startsWith(`[hello.${number}] `));
    expect(own).toEqual([
      ...[1, 2, 3, 4].map((line) => `[hello.${number}] line ${line}`),
      `[hello.${number}] end`,
    ]);
  }
});
