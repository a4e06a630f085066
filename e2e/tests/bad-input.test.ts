import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchComputeClient, type JobDraft } from '@rebatch/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELLO_BUCKET, helloJob } from '../support/hello-job.ts';
import { rebatch } from '../support/rebatch.ts';
import { run } from '../support/run.ts';
import { tinyScene } from '../support/scenes.ts';
import { REBATCH, type StartedServer, startServer } from '../support/server.ts';
import { jobEnd } from '../support/submit-render.ts';

let server: StartedServer;
let folder: string;
let scene: string;
beforeAll(async () => {
  [server, folder, scene] = await Promise.all([
    startServer({ slots: 2 }),
    mkdtemp(join(tmpdir(), 'rebatch-bad-')),
    tinyScene(),
  ]);
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('rebatch render refuses in one line, and leaves nothing behind:', () => {
  test.each([
    { what: 'a range without an end', args: ['--frames', '1-'], says: /column 3/ },
    { what: 'letters for a frame', args: ['--frames', '5-x'], says: /column 3/ },
    { what: 'two million frames', args: ['--frames', '1-2000000'], says: /1,?000,?000/ },
    { what: 'a format that nobody knows', args: ['--frames', '1', '--format', 'PGN'], says: /PNG/ },
    {
      what: 'a scene that is not there',
      scene: 'no-such.blend',
      args: ['--frames', '1'],
      says: /no-such\.blend/,
    },
  ])('$what', async ({ args, scene: file, says }) => {
    const result = await rebatch(server, 'render', file ?? scene, ...args);
    expect([1, 2]).toContain(result.code);
    expect(result.stderr).toMatch(says);
    expect(result.stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
    expect((await server.client.listJobs()).Items).toEqual([]);
  });
});

describe('the API names what is wrong:', () => {
  test('a DAG with a cycle, and one with an unknown task', async () => {
    const job = await helloJob(server);
    const dag = (Dependencies: Record<string, string[]>): JobDraft => ({
      ...job,
      DAG: { ...job.DAG, Dependencies },
    });
    await expect(server.client.createJob(dag({ hello: ['hello'] }))).rejects.toMatchObject({
      status: 400,
      code: 'InvalidDependencies',
      message: expect.stringContaining('hello'),
    });
    await expect(server.client.createJob(dag({ hello: ['goodbye'] }))).rejects.toMatchObject({
      status: 400,
      code: 'InvalidDependencies',
      message: expect.stringContaining('goodbye'),
    });
  });

  test('an App input that is not declared, and a number for a string', async () => {
    expect(await rebatch(server, 'apps', 'register', 'blender')).toMatchObject({ code: 0 });
    await expect(server.client.createJob(blenderJob({ colour: 'red' }))).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('colour'),
    });
    await expect(server.client.createJob(blenderJob({ frames: 7 }))).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('frames'),
    });
  });

  test('a wrong secret', async () => {
    const forger = new BatchComputeClient({
      endpoint: server.api,
      accessKeyId: server.accessKeyId,
      accessKeySecret: 'guess',
    });
    await expect(forger.listJobs()).rejects.toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' });
    const line = await run(process.execPath, [REBATCH, 'jobs'], {
      env: { ...server.env, REBATCH_ACCESS_KEY_SECRET: 'guess' },
    });
    expect(line).toMatchObject({ code: 1, stdout: '' });
    expect(line.stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('a job whose output bucket is not there fails before its program runs, and names the bucket', async () => {
  const job = await helloJob(server, 'echo ran', { OutputMapping: { '/home/out/': 'oss://nowhere/out/' } });
  const end = await jobEnd(server, await server.client.createJob(job));
  expect(end).toMatchObject({ State: 'Failed', Message: expect.stringContaining('oss://nowhere/out/') });
  await expect(server.objects.head(HELLO_BUCKET, `logs/stdout.${end.Id}.hello.0`)).rejects.toMatchObject({
    status: 404,
  });
});

describe('rebatch serve refuses in one line:', () => {
  test('a port that is taken', async () => {
    await using taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', () => resolve()));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const result = await run(process.execPath, [
      REBATCH,
      'serve',
      '--data',
      join(folder, 'taken'),
      '--api-port',
      port,
    ]);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr.trim().split('\n').at(-1)).toContain(port);
  });

  test('a data folder that is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'not a folder');
    const result = await run(process.execPath, [
      REBATCH,
      'serve',
      '--data',
      file,
      '--api-port',
      '0',
      '--oss-port',
      '0',
    ]);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain(file);
  });

  test('an option that it does not know', async () => {
    expect(await run(process.execPath, [REBATCH, 'serve', '--prot', '1'])).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

function blenderJob(Inputs: Record<string, string | number>): JobDraft {
  return {
    Name: 'bad',
    Type: 'App',
    App: {
      AppName: 'blender',
      Inputs: { input_oss_folder: 'oss://studio/in/', scene_file_path: 'a.blend', frames: '1', ...Inputs },
      Outputs: { output_oss_folder: 'oss://studio/out/' },
    },
  };
}
