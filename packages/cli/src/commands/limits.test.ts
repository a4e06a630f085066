import { expect, test, vi } from 'vitest';
import { cliServer, type CliServer } from '../testing/cli-server.ts';

const draft = (name: string, variables: Record<string, string> = {}, image = 'img-ubuntu') => ({
  Name: name,
  Type: 'DAG' as const,
  DAG: {
    Tasks: {
      a: {
        InstanceCount: 2,
        Parameters: { Command: { CommandLine: 'true', EnvVars: variables } },
        AutoCluster: { ImageId: image },
      },
      b: {
        Parameters: { Command: { CommandLine: 'true' } },
        AutoCluster: { ImageId: 'img-ubuntu' },
      },
    },
    Dependencies: { a: ['b'] },
  },
});

const why = async (server: CliServer): Promise<string> => (await server.run('why', 'last')).out;

test('a limit holds a job back, why tells so, and raising it lets the job go', async () => {
  const server = await cliServer();
  expect((await server.run('limits', 'set', 'maya', '0')).out).toBe('limit maya: 0 at once\n');
  const id = await server.jobs.createJob(draft('held', { REBATCH_LIMITS: 'maya' }));
  await vi.waitUntil(async () => (await why(server)).includes('0 of 0 in use'));
  expect(await why(server)).toBe(
    [
      `${id} Waiting: Waiting: limit maya: 0 of 0 in use.`,
      '  a (2 waiting): limit maya: 0 of 0 in use',
      '  b (1 waiting): predecessor `a` still waiting',
      '',
    ].join('\n'),
  );
  const told = await server.run('why', 'last', '--json');
  expect(JSON.parse(told.out)).toEqual([
    { task: 'a', reason: 'limit maya: 0 of 0 in use', count: 2 },
    { task: 'b', reason: 'predecessor `a` still waiting', count: 1 },
  ]);
  expect((await server.run('limits')).out).toMatch(/^LIMIT +IN USE +OF\nmaya +0 +0\n$/);

  await server.run('limits', 'set', 'maya', '1');
  await vi.waitUntil(async () => (await server.jobs.getJob(id)).State === 'Finished');
  expect(await why(server)).toBe(`${id} Finished\nnothing of it waits\n`);
  expect((await server.run('limits', 'rm', 'maya')).out).toBe('limit maya removed\n');
  expect(await server.run('limits', 'rm', 'maya')).toMatchObject({ code: 1 });
});

test('a name of the table is an image for the next job, and after its removal no longer', async () => {
  const server = await cliServer();
  const job = draft('own', {}, 'img-studio');
  await expect(server.jobs.createJob(job)).rejects.toMatchObject({
    status: 400,
    code: 'InvalidDAG.Tasks.a.AutoCluster.ImageId',
    message: expect.stringContaining('"img-studio"'),
  });
  expect(
    (await server.run('images', 'set', 'img-studio', 'studio/maya:7', '--description', 'Maya')).out,
  ).toBe('image img-studio is studio/maya:7\n');
  await server.jobs.createJob(job);
  expect((await server.run('images')).out).toMatch(/^img-studio +studio\/maya:7 +system .* Maya$/m);
  await server.run('images', 'rm', 'img-studio');
  await expect(server.jobs.createJob(job)).rejects.toMatchObject({ status: 400 });
});

test.each([
  [['limits', 'set', 'maya'], 2, 'NAME and N are needed'],
  [['limits', 'set', 'maya', 'two'], 2, 'N must be a whole number'],
  [['limits', 'set', 'ma/ya', '2'], 2, 'cannot be the name'],
  [['images', 'set', 'ubuntu', 'a/b:1'], 2, 'NAME must look like'],
  [['images', 'set', 'img-a', 'A B'], 2, 'neither a container image'],
  [['images', 'set', 'img-a', 'a/b:1', '--platform', 'DOS'], 2, '--platform'],
  [['images', 'set', 'img-a', 'a/b:1', '--owner', '7'], 1, 'there is no account 7'],
  [['images', 'rm', 'img-a'], 1, 'there is no image img-a of the system'],
  [['why', 'job-1'], 1, 'there is no job'],
])('%j says what is wrong', async (argv, code, text) => {
  const server = await cliServer();
  const ran = await server.run(...argv);
  expect([ran.code, ran.out]).toEqual([code, '']);
  expect(ran.err).toContain(text);
});
