import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { BatchComputeError, ShellClient } from '@rebatch/client';
import { helloJob } from '../support/hello-job.ts';
import { inTerminal } from '../support/in-terminal.ts';
import { rebatch } from '../support/rebatch.ts';
import { type RunResult, run } from '../support/run.ts';
import { REBATCH, type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 1, args: ['--keep-failed', '2'] });
});
afterAll(() => server.dispose());

const KEEP = { AutoCluster: { ImageId: 'img-ubuntu', ReserveOnFail: true } };

async function start(script: string, task: Record<string, unknown> = {}): Promise<string> {
  return server.client.createJob(await helloJob(server, script, task));
}

async function running(script: string, task: Record<string, unknown> = {}): Promise<string> {
  const job = await start(script, task);
  onTestFinished(() => server.client.stopJob(job));
  await until('the program runs', async () => {
    const { State } = await server.client.getInstance(job, 'hello', 0);
    return State === 'Running';
  });
  return job;
}

async function ended(script: string, task: Record<string, unknown> = {}): Promise<string> {
  const job = await start(script, task);
  await until('the job ends', async () => (await server.client.getJob(job)).EndTime !== '');
  return job;
}

/** `rebatch shell …` whose input is `input`. */
function shell(input: string, ...args: string[]): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [REBATCH, 'shell', ...args],
      { env: server.env, maxBuffer: 8 << 20 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}

const containersOf = async (job: string): Promise<string[]> => {
  const { stdout } = await run('docker', [
    'ps',
    '-a',
    '--format',
    '{{.State}}',
    '--filter',
    `name=rebatch-${job}`,
  ]);
  return stdout.split('\n').filter((line) => line !== '');
};

const reserved = async (): Promise<string[]> =>
  JSON.parse((await rebatch(server, 'reserved', '--json')).stdout).map(
    ({ jobId }: { jobId: string }) => jobId,
  );

test('a command runs beside a program: input, output, errors and exit code come through', async () => {
  const job = await running('echo made by the program > file; sleep 600');
  const script = 'cat file; cat; echo oops >&2; echo $BATCH_COMPUTE_DAG_JOB_ID; exit 7';
  expect(await shell('typed in\n', job, '--', 'sh', '-c', script)).toEqual({
    code: 7,
    stdout: `made by the program\ntyped in\n${job}\n`,
    stderr: 'oops\n',
  });
  const typed = 'a line\n'.repeat(200_000);
  expect((await shell(typed, job, '--', 'wc', '-l')).stdout).toBe('200000\n');
  const large = await shell('', 'last', 'hello', '0', '--', 'seq', '200000');
  expect([large.code, large.stdout.length]).toEqual([0, 1_288_895]);
  expect((await rebatch(server, 'events', '--json')).stdout).toMatch(
    new RegExp(
      `"JobId":"${job}","TaskName":"hello","InstanceId":0,"Command":\\["seq","200000"\\],"Event":"OnShellOpened"`,
    ),
  );
});

test('in a terminal it is a shell of its size, which follows the window', async () => {
  const job = await running('sleep 600');
  const terminal = inTerminal([process.execPath, REBATCH, 'shell', job], server.env);
  await until('a prompt', () => terminal.screen().includes('#'));
  terminal.type('stty size; tty');
  await until(
    'the size',
    () => terminal.screen().includes('37 101') && terminal.screen().includes('/dev/pts/'),
  );
  terminal.size(90, 20);
  await until('the new size', () => {
    terminal.type('stty size');
    return terminal.screen().includes('20 90');
  });
  terminal.type('exit 5');
  expect(await terminal.ended).toBe(5);
});

test('a command whose caller goes away is ended', async () => {
  const job = await running('sleep 600');
  const child = execFile(process.execPath, [REBATCH, 'shell', job, '--', 'sh', '-c', 'echo on; sleep 4321'], {
    env: server.env,
  });
  await until('the command runs', async () => (await processes(job)).includes('sleep 4321'));
  child.kill('SIGKILL');
  await until('it is ended', async () => !(await processes(job)).includes('echo on'));
  expect(await processes(job)).toContain('sleep 600');
});

async function processes(job: string): Promise<string> {
  return (await run('docker', ['top', `rebatch-${job}.hello.0.0`])).stdout;
}

test('the sandbox of a failed instance is kept as it was left, takes no slot, and outlives the server', async () => {
  await server.objects.put('hello', 'in/scene.txt', 'the scene');
  const job = await ended('echo evidence > left; mkdir deep; exit 9', {
    ...KEEP,
    InputMapping: { 'oss://hello/in/': '/home/in/' },
  });
  expect(await reserved()).toEqual([job]);
  expect(await containersOf(job)).toEqual(['exited']);
  expect((await rebatch(server, 'reserved')).stdout).toMatch(new RegExp(`${job} +hello +0 +9 `));

  await ended('true');
  await server.restart();
  const looked = await shell(
    '',
    job,
    '--',
    'sh',
    '-c',
    'cat left; ls; echo $BATCH_COMPUTE_DAG_INSTANCE_COUNT',
  );
  expect(looked).toEqual({ code: 0, stdout: 'evidence\ndeep\nleft\n1\n', stderr: '' });
  await until('nothing of it runs', async () => (await containersOf(job))[0] === 'exited');
  expect((await shell('', job, '--', 'cat', 'left', '/home/in/scene.txt')).stdout).toBe(
    'evidence\nthe scene',
  );

  expect(await rebatch(server, 'shell', '--release', job)).toMatchObject({ code: 0 });
  expect([await reserved(), await containersOf(job)]).toEqual([[], []]);
  expect(await shell('', job)).toMatchObject({ code: 1, stderr: expect.stringContaining('none is kept') });
});

test('of those that failed the newest are kept, one that was killed for its time, too; successes are not', async () => {
  const jobs = [
    await ended('exit 1', KEEP),
    await ended('true', KEEP),
    await ended('exit 2'),
    await ended('exit 3', { ...KEEP, MaxRetryCount: 1 }),
    await ended('echo x > left; sleep 60', { ...KEEP, Timeout: 3 }),
  ];
  await until('the first one is gone', async () => (await containersOf(jobs[0] ?? '')).length === 0);
  expect(await reserved()).toEqual([jobs[3], jobs[4]]);
  expect(await containersOf(jobs[3] ?? '')).toEqual(['exited']);
  expect((await shell('', 'last', '--', 'cat', 'left')).stdout).toBe('x\n');
});

test('others see nothing of it', async () => {
  const job = await running('sleep 600');
  const made = await rebatch(server, 'keys', 'make', '--json', '--data', server.dataDir);
  const { id, secret } = JSON.parse(made.stdout);
  const stranger = new ShellClient({ endpoint: server.api, accessKeyId: id, accessKeySecret: secret });
  const address = { jobId: job, taskName: 'hello', instanceId: 0 };
  const nobody = { output: () => undefined, errors: () => undefined };
  const refusal = await stranger.openInInstance(address, {}, nobody).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BatchComputeError);
  expect(refusal).toMatchObject({ status: 404, code: 'InvalidResource.NotFound' });
  expect(await stranger.reserved()).toEqual([]);
  stranger.close();
});

test('a machine of a cluster can be looked into', async () => {
  const made = await rebatch(
    server,
    'cluster',
    'create',
    'farm',
    '--nodes',
    '1',
    '--prefix',
    'render',
    '--json',
  );
  const cluster = /cls-\w+/.exec(made.stdout)?.[0] ?? '';
  const looked = await until('the machine answers', async () => {
    const answer = await shell('', '--cluster', cluster, '--node', '0', '--', 'hostname');
    return answer.code === 0 && answer;
  });
  expect(looked.stdout).toMatch(/^render/);
  expect((await shell('', '--cluster', cluster, '--node', 'none')).stderr).toContain('has no node none');
  await rebatch(server, 'cluster', 'delete', cluster);
});

test('a request that asks for another protocol is answered as any other', async () => {
  const status = await new Promise((resolve) => {
    const asked = request(`${server.api}/health`, { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } });
    asked.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.end();
  });
  expect(status).toBe(200);
});
