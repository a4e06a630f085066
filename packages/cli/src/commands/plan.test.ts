import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliServer } from '../testing/cli-server.ts';

const task = (more: object = {}) => ({ Parameters: { Command: { CommandLine: 'true' } }, ...more });

test('a plan is made of what is said, and then of what past runs took', async () => {
  const server = await cliServer('duration=300ms');
  const film = {
    Name: 'film',
    Type: 'DAG',
    DAG: {
      Tasks: { split: task(), render: task({ InstanceCount: 8, Timeout: 3600 }) },
      Dependencies: { split: ['render'] },
    },
  };
  await writeFile(join(server.folder, 'film.json'), JSON.stringify(film));
  expect(await server.run('plan', 'film.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/nothing like task "split" has run yet/),
  });
  const given = ['--slots', '4', '--duration', '10s', '--duration', 'render=1m'];
  const { code, out } = await server.run('plan', 'film.json', ...given);
  expect(code).toBe(0);
  expect(out).toMatch(/^split +1 +0:10 +0\.0 s +0:10 +rebatch\/img-ubuntu:latest +given$/m);
  expect(out).toMatch(/^render +8 +1:00 +0:10 +2:10 /m);
  expect(out).toContain('The job takes 2:10 on 4 slots, which are 94 % busy.');

  const id = (await server.run('submit', 'film.json', '--wait')).out.trim();
  expect((await server.jobs.getJob(id)).State).toBe('Finished');
  const learnt = JSON.parse((await server.run('plan', 'film.json', '--slots', '1', '--json')).out);
  expect(learnt.facts).toMatchObject([
    { task: 'split', learntFrom: 'task split of jobs named film', count: 1 },
    { task: 'render', count: 8 },
  ]);
  expect(learnt.totalMs).toBeGreaterThanOrEqual(9 * 300);
  expect((await server.jobs.listJobs()).Items).toHaveLength(1);
});

test('a plan that cannot succeed, and a description that would be refused, say why', async () => {
  const server = await cliServer();
  const job = (more: object) =>
    writeFile(
      join(server.folder, 'job.json'),
      JSON.stringify({ Name: 'job', Type: 'DAG', DAG: { Tasks: { t: task({ Timeout: 60, ...more }) } } }),
    );
  await job({});
  expect(await server.run('plan', 'job.json', '--duration', '2m')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/The job would fail after 1:00: Task t, instance 0/),
  });
  expect((await server.run('plan', 'job.json', '--duration', 'soon')).code).toBe(2);
  expect((await server.run('plan', 'job.json', '--duration', 'x=1s')).code).toBe(2);
  await job({ AutoCluster: { ImageId: 'img-unknown' } });
  expect(await server.run('plan', 'job.json', '--duration', '1s')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/img-unknown/),
  });
});
