import { totalmem } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { helloJob } from '../support/hello-job.ts';
import { readObject } from '../support/read-object.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer({ slots: 2, args: ['--strict-sizes', '--max-processes', '100'] });
});
afterAll(() => server.dispose());

async function ran(
  script: string,
  task: Record<string, unknown> = {},
): Promise<{ state: string; code: string; message: string; stdout: string; stderr: string }> {
  const job = await server.client.createJob(await helloJob(server, script, task));
  await until('the job ends', async () => (await server.client.getJob(job)).EndTime !== '');
  const { State, Result } = await server.client.getInstance(job, 'hello', 0);
  const log = async (stream: string): Promise<string> =>
    readObject(server.objects, 'hello', `logs/${stream}.${job}.hello.0`).catch(() => '');
  return {
    state: State,
    code: Result.ErrorCode,
    message: Result.ErrorMessage,
    stdout: await log('stdout'),
    stderr: await log('stderr'),
  };
}

const OF_TYPE = (InstanceType: string) => ({ AutoCluster: { ImageId: 'img-ubuntu', InstanceType } });

test('a program that forks more than it may is ended in its time, and the server goes on', async () => {
  // Not without end: a Docker that cannot limit processes would take the machine down.
  const bomb = await ran("bash -c 'for i in $(seq 1000); do sleep 60 & done; wait'", { Timeout: 3 });
  expect(bomb.state).toBe('Failed');
  expect(bomb.stderr).toContain('Resource temporarily unavailable');
  expect(await ran('echo on')).toMatchObject({ state: 'Finished', stdout: 'on\n' });
});

test('shared memory is half of what the task has', async () => {
  const script = "df -k /dev/shm | awk 'NR == 2 { print $2 }'";
  const small = await ran(script, OF_TYPE('ecs.sn1ne.large'));
  expect(small.stdout).toBe(`${2 * 1024 ** 2}\n`);
  const whole = await ran(script);
  expect(Math.abs(Number(whole.stdout) - totalmem() / 2 / 1024)).toBeLessThan(8);
});

test('a task gets the memory of its type, swap and all, and is told when that was too little', async () => {
  const big = await ran("python3 -c 'x = bytearray(3 << 30)'", OF_TYPE('ecs.t1.small'));
  expect(big).toMatchObject({ state: 'Failed' });
  expect(`${big.code} ${big.message}`).toMatch(/memory/i);
});

test('a task for GPUs says so where there are none', async () => {
  expect(await ran('true', OF_TYPE('ecs.gn6i-c24g1.12xlarge'))).toMatchObject({
    state: 'Failed',
    code: 'InvalidInstanceType',
    message: 'The instance type has 2 GPUs, and this host has none that Docker can hand on.',
  });
});
