import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OssClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../support/paths.ts';
import { buildPythonClients, PYTHON_CLIENTS } from '../support/python-clients.ts';
import { readObject } from '../support/read-object.ts';
import { run } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const RESULT = z.object({ key: z.tuple([z.string(), z.string(), z.string()]) }).loose();

let server: StartedServer;
beforeAll(async () => {
  await buildPythonClients();
  server = await startServer({ slots: 1 });
});
afterAll(() => server.dispose());

test('a task may use what its job names, with its own key and the vendor’s SDK, while it runs', async () => {
  const { client, objects } = server;
  await objects.makeBucket('films');
  await objects.makeBucket('other');
  await objects.put('films', 'in/a', 'input');
  await objects.put('films', 'secret', 'secret');
  await objects.put('films', 'program', await readFile(join(ROOT, 'e2e/clients/python/task_key.py')));
  const id = await client.createJob({
    Name: 'key',
    Type: 'DAG',
    DAG: {
      Tasks: {
        work: {
          InstanceCount: 1,
          AutoCluster: { ImageId: 'img-ubuntu' },
          Parameters: {
            Command: {
              CommandLine: 'python3 program',
              PackagePath: 'oss://films/program',
              Docker: { Image: PYTHON_CLIENTS },
            },
            StdoutRedirectPath: 'oss://films/logs/',
            StderrRedirectPath: 'oss://films/logs/',
          },
          InputMapping: { 'oss://films/in/': '/home/in/' },
          OutputMapping: { '/home/out/': 'oss://films/out/' },
        },
      },
      Dependencies: {},
    },
  });
  const text = await until('the task has written what it may do', async () => {
    const { State } = await client.getJob(id);
    if (State !== 'Waiting' && State !== 'Running') {
      throw new Error(await readObject(objects, 'films', `logs/stderr.${id}.work.0`));
    }
    return (
      (await objects.find('films', 'out/result.json')) && readObject(objects, 'films', 'out/result.json')
    );
  });
  const { key, ...rest } = RESULT.parse(JSON.parse(text));
  expect(rest).toEqual({
    'reads an input': 'input',
    'writes an output': 200,
    'lists its outputs': ['out/b'],
    'writes an input': 'AccessDenied',
    'reads another object': 'AccessDenied',
    'lists the bucket': 'AccessDenied',
    'reads another bucket': 'AccessDenied',
    'lists buckets': 'AccessDenied',
    role: 'rebatch-task',
    'with the machine role': 'input',
  });

  const own = new OssClient({
    endpoint: server.oss,
    accessKeyId: key[0],
    accessKeySecret: key[1],
    securityToken: key[2],
  });
  await server.restart();
  expect(await readObject(own, 'films', 'in/a')).toBe('input');

  const attempt = `label=dev.rebatch.attempt=${id}.work.0.0`;
  const { stdout: container } = await run('docker', ['ps', '-q', '--filter', attempt]);
  const inspected = await run('docker', ['inspect', container.trim()]);
  const said = inspected.stdout + JSON.stringify(await client.getJobDescription(id));
  expect(said).toContain('python3 program');
  for (const part of key) expect(said).not.toContain(part);

  await objects.put('films', 'out/go', '');
  const end = await until('the job ends', async () => {
    const job = await client.getJob(id);
    return job.EndTime !== '' && job;
  });
  expect(end).toMatchObject({ State: 'Finished', Message: '' });
  await expect(readObject(own, 'films', 'in/a')).rejects.toMatchObject({ code: 'InvalidAccessKeyId' });
});
