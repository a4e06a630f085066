import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClientContainer, startClientContainer } from '../support/client-container.ts';
import { type OssRegistry, startOssRegistry } from '../support/oss-registry.ts';
import { buildPython2Clients, PYTHON2_CLIENTS } from '../support/python2-clients.ts';
import { readObject } from '../support/read-object.ts';
import { run, runOk } from '../support/run.ts';
import { seedDockerChapter } from '../support/seed-docker-chapter.ts';
import { until } from '../support/until.ts';
import { startVendorServer, type VendorServer } from '../support/vendor-server.ts';

const BUCKET = 'demo-bucket';
const APP = 'Docker-app-demo';
const LOCAL = `rebatch-e2e/demodockerimage-${process.pid}`;

let vendor: VendorServer;
let machine: ClientContainer;
let registry: OssRegistry;
let folder: string;
beforeAll(async () => {
  await buildPython2Clients();
  folder = await mkdtemp(join(tmpdir(), 'rebatch-docker-chapter-'));
  vendor = await startVendorServer('cn-beijing', [BUCKET], { slots: 1 });
  await vendor.server.objects.makeBucket(BUCKET);
  registry = await startOssRegistry(vendor.server, `oss://${BUCKET}/dockers/`);
  machine = await startClientContainer({
    image: PYTHON2_CLIENTS,
    folder,
    hosts: vendor.hosts,
    env: { ACCESS_KEY_ID: vendor.server.accessKeyId, ACCESS_KEY_SECRET: vendor.server.accessKeySecret },
  });
}, 300_000);
afterAll(async () => {
  await machine.stop();
  await registry.stop();
  await vendor.server.dispose();
  for (const version of ['0.1', '0.2']) await run('docker', ['rmi', `${LOCAL}:${version}`]);
  const images = await run('docker', ['images', '-q', '--filter', 'label=demodockerimage']);
  for (const id of new Set(images.stdout.split('\n'))) if (id !== '') await run('docker', ['rmi', '-f', id]);
  await rm(folder, { recursive: true, force: true });
});

/** Chapter steps 1 A to C: make the image, try it out, push it. */
async function makeAndPush(version: string): Promise<void> {
  const context = await mkdtemp(join(folder, 'image-'));
  await writeFile(join(context, 'test.py'), `print("demo software ${version}")\n`);
  await writeFile(
    join(context, 'Dockerfile'),
    'FROM rebatch/img-ubuntu:latest\nLABEL demodockerimage=1\nCOPY test.py /batchcompute/workdir/\n',
  );
  const image = `${LOCAL}:${version}`;
  await runOk('docker', ['build', '-q', '-t', image, context]);
  const tried = ['run', '--rm', '-w', '/batchcompute/workdir', image, 'python', 'test.py'];
  expect(await runOk('docker', tried)).toBe(`demo software ${version}\n`);
  await registry.push(image, `demodockerimage:${version}`);
}

async function script(name: string, text: string): Promise<string[]> {
  await writeFile(join(folder, name), text);
  return ['jython', `/case/${name}`];
}

async function ran(command: string[]): Promise<string> {
  const { code, stdout, stderr } = await machine.run(command);
  expect([code, stderr], stdout).toEqual([0, '']);
  return stdout;
}

/** Chapter step 3: a job says nothing of Docker. */
async function outputOfJob(): Promise<string> {
  const { client, objects } = vendor.server;
  const job = await client.createJob({
    Name: 'demo',
    Type: 'App',
    App: { AppName: APP, Logging: { StdoutPath: `oss://${BUCKET}/logs/` } },
  });
  await until('the job ends', async () => (await client.getJob(job)).EndTime !== '');
  const seen = await client.getJob(job);
  expect(seen, seen.Message).toMatchObject({ State: 'Finished' });
  for await (const { key } of objects.list(BUCKET, { prefix: `logs/stdout.${job}.` })) {
    return readObject(objects, BUCKET, key);
  }
  return '';
}

const chapter = (id: string, secret: string) => seedDockerChapter({ id, secret });
const ours = (verb: string, version: string): string[] => [
  'jython',
  '/clients/python2/docker_app.py',
  verb,
  version,
];
const readers = [{ name: 'our scripts', seed: false }];
if (chapter('', '') !== undefined) readers.push({ name: "the seed's scripts", seed: true });

test.each(readers)(
  'an App made with image 0.1 runs 0.2 after its change, with the vendor’s SDK and $name',
  async ({ seed }) => {
    const scripts = seed ? chapter(vendor.server.accessKeyId, vendor.server.accessKeySecret) : undefined;
    await makeAndPush('0.1');
    const created = await ran(
      scripts === undefined ? ours('create', '0.1') : await script('create.py', scripts.create),
    );
    expect(created).toContain(APP);
    expect(await outputOfJob()).toBe('demo software 0.1\n');

    await makeAndPush('0.2');
    expect(await outputOfJob()).toBe('demo software 0.1\n');
    await ran(scripts === undefined ? ours('modify', '0.2') : await script('modify.py', scripts.modify));
    expect(await outputOfJob()).toBe('demo software 0.2\n');
    await vendor.server.client.deleteApp(APP);
  },
);
