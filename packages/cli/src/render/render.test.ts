import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { blenderApp } from '@rebatch/apps';
import { parseOssUrl } from '@rebatch/model';
import { renderCommand } from '../commands/render.ts';
import { Connection } from '../connection/connection.ts';
import { main } from '../main.ts';
import { Options } from '../options/options.ts';
import { cliServer, type CliServer } from '../testing/cli-server.ts';
import { all } from '../testing/all.ts';
import { finishRender } from './finish-render.ts';
import { followRender } from './follow-render.ts';
import { RenderProgress } from './render-progress.ts';
import { readRenderRequest } from './render-request.ts';
import { startRender } from './start-render.ts';

async function serverWithScene(simulate?: string): Promise<CliServer> {
  const server = await cliServer(simulate);
  await writeFile(join(server.folder, 'island.blend'), 'a scene');
  return server;
}

/** Renders with the test standing in for the programs: `pictures` is what they leave, the logs say that they did. */
async function render(server: CliServer, argv: readonly string[], pictures: readonly string[]) {
  const io = server.io();
  const options = new Options(renderCommand.options, [
    'island.blend',
    '--no-contact-sheet',
    '--no-movie',
    ...argv,
  ]);
  const request = await readRenderRequest(options, server.folder);
  const connection = new Connection(options, io);
  const started = await startRender(connection, request, { name: 'blender', image: undefined }, io);
  const { bucket, pictures: prefix, input } = started.place;
  const uploaded = (await all(server.oss.list(bucket, { prefix: input }))).map((entry) =>
    entry.key.slice(input.length),
  );
  for (const name of pictures) await server.oss.put(bucket, prefix + name, `picture ${name}`);
  const first = await server.jobs.getInstance(started.jobId, 'app', 0);
  const log = parseOssUrl(first.StdoutRedirectPath);
  const lines = pictures.map(
    (name, index) => `rebatch frame=${index + 1} state=saved file=${name} seconds=1.50\n`,
  );
  await server.oss.put(log.bucket, log.key, lines.join(''));
  const progress = new RenderProgress(request.frames.length);
  const followed = await followRender(connection, started, request, progress, io);
  const code = await finishRender(connection, { request, started, ...followed }, options, io);
  connection.close();
  const left = await all(server.oss.list(bucket, { prefix: input }));
  return {
    code,
    out: io.stdout(),
    err: io.stderr(),
    job: followed.job,
    uploaded,
    left,
    folder: request.outputDir,
  };
}

test('shows each frame as it lands, brings the pictures home and takes the copy of the scene away', async () => {
  const server = await serverWithScene();
  const done = await render(server, ['--frames', '1-3'], ['0001.png', '0002.png', '0003.png']);
  expect(done.code).toBe(0);
  expect(done.uploaded).toEqual(['island.blend']);
  expect(done.err).toMatch(/^app {6}blender created \(rebatch\/blender:latest\)$/m);
  expect(done.err).toMatch(/^ {2}✓ 0002\.png +1\.50 s {2}instance 0 {2}2\/3$/m);
  expect(done.out).toMatch(/^rendered 3 frames in /m);
  expect(done.out).toContain(`folder   ${done.folder}  (3 files, `);
  expect((await readdir(done.folder)).toSorted()).toEqual(['0001.png', '0002.png', '0003.png']);
  expect(await readFile(join(done.folder, '0001.png'), 'utf8')).toBe('picture 0001.png');
  expect(done.left).toEqual([]);
});

test('fails when a picture is missing, and says which frames', async () => {
  const server = await serverWithScene();
  const done = await render(server, ['--frames', '1-5', '--json'], ['0001.png', '0003.png']);
  expect(done.code).toBe(1);
  expect(done.err).toMatch(/^missing {2}3 frames: 2,4,5$|^missing {2}3 frames: 2,4-5$/m);
  expect(JSON.parse(done.out)).toMatchObject({ state: 'Finished', frames: 2, missing: [2, 4, 5] });
  expect(done.left).toHaveLength(1);
});

test('keeps the copy of the scene when asked to', async () => {
  const server = await serverWithScene();
  const done = await render(server, ['--frames', '1', '--keep'], ['0001.png']);
  expect([done.code, done.left.length]).toEqual([0, 1]);
});

test('uploads the whole folder of a scene that uses other files', async () => {
  const server = await serverWithScene();
  await mkdir(join(server.folder, 'textures'));
  await writeFile(join(server.folder, 'textures', 'sand.png'), 'sand');
  const done = await render(
    server,
    ['--frames', '1', '--scene-dir', 'textures/..', '--format', 'JPEG'],
    ['0001.jpg'],
  );
  expect(done.code).toBe(0);
  expect(done.uploaded).toContain('textures/sand.png');
});

test('explains a failed render and how to try again', async () => {
  const server = await serverWithScene('duration=1ms,fail=1');
  const done = await render(server, ['--frames', '1-4', '--retries', '0'], []);
  expect(done.code).toBe(1);
  expect(done.err).toMatch(/failed: .*exit code 1/);
  expect(done.err).toContain(`all of it: rebatch logs ${done.job.Id} app `);
  expect(done.out).toContain(`again    rebatch start ${done.job.Id}`);
});

test('goes on with the latest render of the scene, whose copy stays as old as it is', async () => {
  const server = await serverWithScene();
  const failed = await render(server, ['--frames', '1-2'], ['0001.png']);
  const resumed = await render(server, ['--frames', '1-3', '--resume'], ['0001.png', '0002.png', '0003.png']);
  expect([failed.code, resumed.code]).toEqual([1, 0]);
  expect(resumed.err).toMatch(/^resume {3}oss:\/\/rebatch\/renders\/island-[\w-]+\/output\/result\/$/m);
  expect(resumed.err).toMatch(/^scene .*island\.blend  0 B in /m);
  const [first, second] = await Promise.all(
    [failed, resumed].map(async ({ job }) => (await server.jobs.getJobDescription(job.Id)).App),
  );
  expect(second).toMatchObject({ Inputs: { resume: 'yes' } });
  expect(first).not.toHaveProperty('Inputs.resume');
  expect(second).toHaveProperty('Outputs', Object(first).Outputs);
});

test('goes on with a whole render, whose copy of the scene is gone, by the scene that is here', async () => {
  const server = await serverWithScene();
  const whole = await render(server, ['--frames', '1'], ['0001.png']);
  const longer = await render(server, ['--frames', '1-2', '--resume'], ['0001.png', '0002.png']);
  expect([whole.code, longer.code]).toEqual([0, 0]);
  const { mtime } = await stat(join(server.folder, 'island.blend'));
  const { App } = await server.jobs.getJobDescription(longer.job.Id);
  expect(App).toMatchObject({ Inputs: { resume: mtime.toISOString() } });
  expect(longer.err).toContain("the scene's last change");
});

test('says so when there is nothing to go on with', async () => {
  const server = await serverWithScene();
  // A render of a scene with a longer name is another's.
  await server.oss.makeBucket('rebatch');
  await server.oss.put('rebatch', 'renders/island-night-20260101-000000-abcd/output/result/0001.png', 'x');
  const { err } = await render(server, ['--frames', '1', '--resume'], ['0001.png']);
  expect(err).toContain('resume   no earlier render; this is the first');
});

test('passes what was chosen on to the App, and nothing else', async () => {
  const server = await serverWithScene('duration=1h');
  const argv = [
    '--frames',
    '1-100x10,1-100',
    '--samples',
    '8',
    '--engine',
    'cycles',
    '--instances',
    '7',
    '--preview-first',
    '--claim',
    'OFF',
    '--detach',
  ];
  const { code, out } = await server.run('render', 'island.blend', ...argv);
  expect(code).toBe(0);
  const description = await server.jobs.getJobDescription(out.trim());
  expect(description).toMatchObject({
    Name: 'render-island',
    App: {
      AppName: 'blender',
      Inputs: {
        scene_file_path: 'island.blend',
        format: 'PNG',
        samples: '8',
        engine: 'CYCLES',
        instance_order: 'preview-first',
        claim: 'off',
      },
      Config: { InstanceCount: 7, MaxRetryCount: 1 },
    },
  });
  expect(description.App).not.toHaveProperty('Inputs.resolution');
});

test('leaves the render running on Ctrl-C and says how to go on', async () => {
  const server = await serverWithScene('duration=1h');
  const io = server.io({
    onStderr: (said) => {
      if (said.includes('on 2 instances')) io.interrupt();
    },
  });
  expect(await main(['render', 'island.blend', '--frames', '1-4'], io)).toBe(1);
  expect(io.stderr()).toMatch(/job-\w+ goes on without you\.\nfollow +rebatch logs job-\w+ -f\nstop /);
  const [job] = (await server.jobs.listJobs()).Items;
  expect(job?.State).not.toBe('Stopped');
});

test('brings each picture home while the others still render', async () => {
  const server = await serverWithScene('duration=1h');
  const io = server.io();
  const rendering = main(
    ['render', 'island.blend', '--frames', '1-4', '--no-contact-sheet', '-o', 'out'],
    io,
  );
  const job = await vi.waitUntil(async () => (await server.jobs.listJobs()).Items[0]);
  const running = await vi.waitUntil(
    async () => (await server.jobs.listInstances(job.Id, 'app', { state: 'Running' })).Items[0],
  );
  const log = parseOssUrl(running.StdoutRedirectPath);
  const pictures = log.key.replace(/logs\/[^/]*$/, 'output/result/');
  await server.oss.put(log.bucket, `${pictures}0001.png`, 'picture');
  await server.oss.put(log.bucket, log.key, 'rebatch frame=1 state=saved file=0001.png seconds=1.50\n');
  const home = join(server.folder, 'out', '0001.png');
  await vi.waitUntil(() => readFile(home, 'utf8').catch(() => ''));
  expect((await server.jobs.getJob(job.Id)).State).toBe('Running');
  await server.jobs.stopJob(job.Id);
  expect(await rendering).toBe(1);
  expect(io.stdout()).toContain('(1 file, 1 while it rendered)');
});

test("does not overwrite somebody else's App of that name", async () => {
  const server = await serverWithScene();
  await server.jobs.createApp({ ...blenderApp(), CommandLine: 'python -c "…"' });
  const { code, err } = await server.run('render', 'island.blend', '--frames', '1');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/choose a name for ours with --app/) });
  expect(await server.oss.listBuckets()).toEqual([]);
});

test.each([
  [['--frames', '1-'], 2, /--frames "1-": column 3: found the end of the list/],
  [['--frames', '5-x'], 2, /column 3: found 'x'/],
  [['--frames', '1-2000000'], 2, /at most 1000000 frames/],
  [['--frames', '1', '--format', 'PGN'], 2, /unknown format "PGN": did you mean PNG\?/],
  [['--frames', '1', '--resolution', '480'], 2, /--resolution must be width x height/],
  [['--frames', '1', '--name', '../####'], 2, /--name must be a name below the output folder/],
  [['--frames', '1', '--name', "a'b"], 2, /--name must not hold quotes/],
  [['--frames', '1', '--instances', '0'], 2, /--instances must be a whole number/],
  [[], 2, /--frames is missing/],
])('refuses %j before anything is sent', async (argv, code, message) => {
  const server = await serverWithScene();
  const ran = await server.run('render', 'island.blend', ...argv);
  expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(message) });
  expect(await server.oss.listBuckets()).toEqual([]);
});

test('refuses a scene that is not there', async () => {
  const server = await serverWithScene();
  expect(await server.run('render', 'nope.blend', '--frames', '1')).toEqual({
    code: 1,
    out: '',
    err: 'rebatch: there is no scene nope.blend\n',
  });
});
