import { parseOssUrl } from '@rebatch/model';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer, type CliServer } from '../testing/cli-server.ts';

type Stream = 'StdoutRedirectPath' | 'StderrRedirectPath';

/** A job of two programs that is over; simulated programs write nothing, so the test does. */
async function jobWithLogs(
  server: CliServer,
  texts: Partial<Record<Stream, (instance: number) => string | Uint8Array>> = {},
): Promise<string> {
  const { out } = await server.run('submit', '--command', 'sleep 1', '--instances', '2', '--wait');
  const id = out.trim();
  const logs = { StdoutRedirectPath: (instance: number) => `hello from ${instance}\nbye`, ...texts };
  for await (const instance of server.jobs.instances(id, 'sleep')) {
    for (const stream of ['StdoutRedirectPath', 'StderrRedirectPath'] as const) {
      const text = logs[stream]?.(instance.InstanceId);
      const { bucket, key } = parseOssUrl(instance[stream]);
      if (text !== undefined) await server.oss.put(bucket, key, text);
    }
  }
  return id;
}

const sorted = (text: string) => text.split('\n').toSorted();

test('prints the logs of a job, each line with whose it is', async () => {
  const server = await cliServer();
  const id = await jobWithLogs(server);
  const all = '[sleep.0] hello from 0\n[sleep.0] bye\n[sleep.1] hello from 1\n[sleep.1] bye\n';
  expect(await server.run('logs', id)).toEqual({ code: 0, out: all, err: '' });
  expect(sorted((await server.run('logs', 'last', '-f')).out)).toEqual(sorted(all));
});

test('prints one log byte by byte, however it is named', async () => {
  const server = await cliServer();
  const id = await jobWithLogs(server, {
    StdoutRedirectPath: (instance) => Buffer.from([0, 255, 13, 10, 48 + instance]),
  });
  for (const which of [['1'], ['sleep', '1'], ['sleep.1'], ['sleep.1', '-f']]) {
    expect((await server.run('logs', id, ...which)).out).toBe('\u0000ÿ\r\n1');
  }
});

test('prints both streams and marks the lines of standard error', async () => {
  const server = await cliServer();
  const id = await jobWithLogs(server, { StderrRedirectPath: (instance) => `oh ${instance}\n` });
  expect((await server.run('logs', id, '0', '--both')).out).toBe(
    '[sleep.0] hello from 0\n[sleep.0] bye\n[sleep.0 err] oh 0\n',
  );
  expect((await server.run('logs', id, '--stderr')).out).toBe('[sleep.0 err] oh 0\n[sleep.1 err] oh 1\n');
  expect(await server.run('logs', id, '--both', '--stderr')).toMatchObject({ code: 2 });
});

test('shows an instance always in the same colour, where there are colours', async () => {
  const server = await cliServer();
  const id = await jobWithLogs(server);
  const io = server.io({ outColour: true });
  await main(['logs', id], io);
  const [first, second] = ['\u001B[36m[sleep.0]\u001B[39m', '\u001B[33m[sleep.1]\u001B[39m'];
  expect(io.stdout()).toBe(`${first} hello from 0\n${first} bye\n${second} hello from 1\n${second} bye\n`);
});

test('says when there is nothing to print', async () => {
  const server = await cliServer();
  const id = await jobWithLogs(server);
  expect(await server.run('logs', id, 'sleep', '0', '--stderr')).toEqual({
    code: 1,
    out: '',
    err: 'rebatch: sleep.0 wrote nothing\n',
  });
  expect(await server.run('logs', id, 'nope')).toMatchObject({ code: 2 });
  expect(await server.run('logs', id, 'nope.1')).toMatchObject({ code: 2 });
});
