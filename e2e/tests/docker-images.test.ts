import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OssClient } from '@rebatch/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startDebianRegistry } from '../support/debian-registry.ts';
import { type OssRegistry, startOssRegistry } from '../support/oss-registry.ts';
import { readObject } from '../support/read-object.ts';
import { rebatch } from '../support/rebatch.ts';
import { run, runOk } from '../support/run.ts';
import { type StartedServer, startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const PATH = 'oss://studio/dockers/';

let server: StartedServer;
let registry: OssRegistry;
beforeAll(async () => {
  server = await startServer({ slots: 4 });
  await server.objects.makeBucket('studio');
  registry = await startOssRegistry(server, PATH);
});
afterAll(async () => {
  const images = await imagesOfOss();
  await registry.stop();
  await server.dispose();
  for (const image of images) await run('docker', ['rmi', image]);
});

async function imagesOfOss(): Promise<string[]> {
  const format = '{{.Repository}}:{{.Tag}}';
  const text = await runOk('docker', ['images', '--format', format, '--filter', 'reference=rebatch.oss/*']);
  return text.split('\n').filter((line) => line !== '');
}

/** What a Docker task of `image` prints, or why it did not run. */
async function outputOf(
  docker: { Image: string; RegistryOSSPath?: string },
  CommandLine = 'echo "$WORDS"',
  InstanceCount = 1,
): Promise<string[] | string> {
  const task = {
    InstanceCount,
    Timeout: 60,
    AutoCluster: { ImageId: 'img-ubuntu' },
    Parameters: { Command: { CommandLine, Docker: docker }, StdoutRedirectPath: 'oss://studio/logs/' },
  };
  const job = await server.client.createJob({
    Name: 'image',
    Type: 'DAG',
    DAG: { Tasks: { work: task }, Dependencies: {} },
  });
  await until('the job ends', async () => (await server.client.getJob(job)).EndTime !== '');
  const instance = await server.client.getInstance(job, 'work', 0);
  if (instance.State !== 'Finished') return `${instance.Result.ErrorCode}: ${instance.Result.ErrorMessage}`;
  const logs = Array.from({ length: InstanceCount }, (_, n) =>
    readObject(server.objects, 'studio', `logs/stdout.${job}.work.${n}`),
  );
  return (await Promise.all(logs)).map((text) => text.trim());
}

const inOss = (name: string) => ({ Image: `localhost:5000/${name}`, RegistryOSSPath: PATH });

test('what docker push leaves below a prefix runs, and a tag that was pushed again is another image', async () => {
  await registry.pushTiny('studio/tool:0.1', { words: 'before' });
  const together = await outputOf(inOss('studio/tool:0.1'), undefined, 4);
  expect(together).toEqual(['before', 'before', 'before', 'before']);
  const link = 'dockers/docker/registry/v2/repositories/studio/tool/_manifests/tags/0.1/current/link';
  const digest = await readObject(server.objects, 'studio', link);

  await registry.pushTiny('studio/tool:0.1', { words: 'after' });
  expect(await outputOf(inOss('studio/tool:0.1'))).toEqual(['after']);
  expect(await outputOf(inOss(`studio/tool@${digest}`))).toEqual(['before']);
});

test('an index of the OCI’s kind runs, by the image for this host', async () => {
  await registry.pushTiny('oci:1', { words: 'in OCI form' });
  const { config, layers } = JSON.parse(await (await fetch(manifestOf('oci:1'))).text());
  const image = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { ...config, mediaType: 'application/vnd.oci.image.config.v1+json' },
    layers: layers.map((layer: object) => ({
      ...layer,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    })),
  };
  const arch = (await runOk('docker', ['version', '--format', '{{.Server.Arch}}'])).trim();
  const index = {
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      { ...(await putManifest('oci:other', image)), platform: { os: 'linux', architecture: 'other' } },
      { ...(await putManifest('oci:mine', image)), platform: { os: 'linux', architecture: arch } },
    ],
  };
  await putManifest('oci:all', index);
  expect(await outputOf(inOss('oci:all'))).toEqual(['in OCI form']);
});

const manifestOf = (name: string): string =>
  `http://${registry.address}/v2/${name.replace(':', '/manifests/')}`;

async function putManifest(name: string, manifest: { mediaType: string }): Promise<object> {
  const body = JSON.stringify({ schemaVersion: 2, ...manifest });
  const answer = await fetch(manifestOf(name), { method: 'PUT', body });
  expect(answer.status).toBe(201);
  const digest = answer.headers.get('docker-content-digest');
  return { mediaType: manifest.mediaType, digest, size: body.length };
}

test('of what a tag stood for, Docker keeps three images', async () => {
  const before = new Set(await imagesOfOss());
  for (const words of ['a', 'b', 'c', 'd']) {
    await registry.pushTiny('often', { words });
    expect(await outputOf(inOss('often'))).toEqual([words]);
  }
  expect((await imagesOfOss()).filter((image) => !before.has(image))).toHaveLength(3);
});

test('what an image has in the work folder is there', async () => {
  await registry.pushTiny('filled', {
    words: 'x',
    files: { 'batchcompute/workdir/test.sh': 'echo "$0"; ls' },
  });
  expect(await outputOf(inOss('filled'), 'sh test.sh')).toEqual(['test.sh\ntest.sh']);
});

test('an image, tag or layer that is missing fails the instance, which says where it looked and what is there', async () => {
  await registry.pushTiny('torn:1', { words: 'torn' });
  const tag = await outputOf(inOss('torn:2'));
  expect(tag).toBe(
    `InvalidDocker.Image: There is no image "torn:2" in the registry storage ${PATH}: the tags of "torn" are 1.`,
  );
  expect(await outputOf(inOss('nothing'))).toContain('it has no repository "nothing"');

  const layers = 'dockers/docker/registry/v2/repositories/torn/_layers/sha256/';
  for await (const { key } of server.objects.list('studio', { prefix: layers })) {
    await server.objects.delete('studio', key);
  }
  expect(await outputOf(inOss('torn:1'))).toMatch(
    /^InvalidDocker.Image: The blob sha256:\w+ of the image "torn" is missing/,
  );
});

test('a layer whose bytes were damaged fails the instance in the words of Docker', async () => {
  await registry.pushTiny('damaged:1', { words: 'damaged' });
  const { digest, size } = await newestLayer('damaged');
  const key = `dockers/docker/registry/v2/blobs/sha256/${digest.slice(0, 2)}/${digest}/data`;
  await server.objects.put('studio', key, Buffer.alloc(size));
  expect(await outputOf(inOss('damaged:1'))).toMatch(/^InvalidDocker.Image: .*verif/);
});

/** The layer of an image that no other image has. */
async function newestLayer(name: string): Promise<{ digest: string; size: number }> {
  const answer = await fetch(manifestOf(`${name}:1`));
  const { layers } = JSON.parse(await answer.text());
  const { digest, size } = layers.at(-1);
  return { digest: String(digest).replace('sha256:', ''), size: Number(size) };
}

test('nobody runs an image from the bucket of another account, nor by the name that the engine has for it', async () => {
  await registry.pushTiny('secret:1', { words: 'secret' });
  expect(await outputOf(inOss('secret:1'))).toEqual(['secret']);
  const [own = ''] = await imagesOfOss();
  expect(await outputOf({ Image: own })).toContain("names of rebatch.oss are the server's own");

  const made = await rebatch(server, 'keys', 'make', '--json', '--data', server.dataDir);
  const { id, secret } = JSON.parse(made.stdout);
  const other = { endpoint: server.oss, accessKeyId: String(id), accessKeySecret: String(secret) };
  const theirs = new OssClient(other);
  await theirs.makeBucket('others');
  theirs.close();
  expect(await outputOf({ Image: 'localhost:5000/secret:1', RegistryOSSPath: 'oss://others/dockers/' })).toBe(
    'InvalidDocker.RegistryOSSPath: Specified parameter Docker.RegistryOSSPath is not valid. ' +
      'oss://others/dockers/: bucket "others" belongs to another account.',
  );
});

test("what Debian's registry wrote runs here, and it serves what was pushed here", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-debian-registry-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const debian = await startDebianRegistry(folder);
  const there = `${debian.address}/made/there:1`;
  try {
    await registry.pushTiny('made/here:1', { words: 'here' });
    const here = `${registry.address}/made/here:1`;
    await runOk('docker', ['pull', '-q', here]);
    await runOk('docker', ['tag', here, there]);
    await runOk('docker', ['push', '-q', there]);
    await runOk('docker', ['rmi', here, there]);
    await runOk(...local('sync', join(folder, 'storage'), 'oss://studio/copied/'));
    await runOk(...local('sync', PATH, join(folder, 'storage')));
    await writeFile(join(folder, 'done'), '');

    const copied = { Image: 'localhost:5000/made/there:1', RegistryOSSPath: 'oss://studio/copied/' };
    expect(await outputOf(copied)).toEqual(['here']);
    const served = `${debian.address}/made/here:1`;
    await runOk('docker', ['pull', '-q', served]);
    expect(await runOk('docker', ['run', '--rm', served, 'cat', '/etc/words'])).toBe('here');
    await runOk('docker', ['rmi', served]);
  } finally {
    await debian.stop();
  }
});

function local(...args: string[]): Parameters<typeof runOk> {
  return [
    process.execPath,
    [join(import.meta.dirname, '../../packages/cli/bin/rebatch.mjs'), ...args],
    { env: server.env },
  ];
}
