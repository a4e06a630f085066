import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DockerWorld, dockerWorld } from '../testing/docker-world.ts';
import { type PushedImages, pushedImages } from '../testing/pushed-images.ts';

let world: DockerWorld;
let images: PushedImages;
beforeAll(async () => {
  world = await dockerWorld();
  images = await pushedImages(world.docker, world.objects, 'films', 'dockers/');
});
afterAll(async () => {
  await images[Symbol.asyncDispose]();
  for (const name of await stillThere()) await world.docker.getImage(name).remove();
  await world[Symbol.asyncDispose]();
});

/** Names that the engine had for this test's images. */
const names = new Set<string>();

async function stillThere(): Promise<string[]> {
  const all = await world.docker.listImages({ filters: { reference: ['rebatch.oss/*'] } });
  return all.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => names.has(name));
}

let count = 0;
/** What an image says, run by the attempt that names it. */
async function wordsOf(image: string, registryUrl = 'oss://films/dockers/', owner = '1'): Promise<unknown> {
  const instanceId = count++;
  const stdoutUrl = `oss://films/out.${instanceId}`;
  const commandLine = 'echo "$WORDS"';
  const spec = world.spec({ instanceId, image, registryUrl, owner, commandLine, stdoutUrl });
  const outcome = await world.run(spec);
  const [container] = await world.docker.listContainers({
    all: true,
    filters: { name: [`rebatch-${spec.id}`] },
  });
  if (container !== undefined) names.add(container.Image);
  world.executor.forget(spec.id);
  await expect.poll(() => world.executor.list()).not.toContain(spec.id);
  return outcome.kind === 'exited' ? (await world.text(`out.${instanceId}`))?.trim() : outcome;
}

test('an image that was pushed below a prefix runs, under the name that clients write', async () => {
  await images.push('studio/tool:0.1', 'first');
  expect(await wordsOf('localhost:5000/studio/tool:0.1')).toBe('first');
  expect(await wordsOf('studio/tool:0.1', 'oss://films/dockers')).toBe('first');
});

test('a tag that was pushed again is another image, at once', async () => {
  await images.push('moved:1', 'before');
  expect(await wordsOf('localhost:5000/moved:1')).toBe('before');
  await images.push('moved:1', 'after');
  expect(await wordsOf('localhost:5000/moved:1')).toBe('after');
});

test('latest is meant when no tag is named, and a digest names what a tag stood for', async () => {
  await images.push('dated:latest', 'old');
  const link = await world.text(
    'dockers/docker/registry/v2/repositories/dated/_manifests/tags/latest/current/link',
  );
  await images.push('dated:latest', 'new');
  expect(await wordsOf('localhost:5000/dated')).toBe('new');
  expect(await wordsOf(`localhost:5000/dated@${link}`)).toBe('old');
});

test('many instances that start together bring an image once', async () => {
  await images.push('shared:1', 'once');
  const all = await Promise.all([1, 2, 3, 4].map(() => wordsOf('localhost:5000/shared:1')));
  expect(all).toEqual(['once', 'once', 'once', 'once']);
});

test('a tag that is not there fails the instance, which says where it looked and what is there', async () => {
  await images.push('known:0.1', 'x');
  expect(await wordsOf('localhost:5000/known:0.2')).toEqual({
    kind: 'failed',
    code: 'InvalidDocker.Image',
    message:
      'There is no image "known:0.2" in the registry storage oss://films/dockers/: the tags of "known" are 0.1.',
  });
  expect(await wordsOf('localhost:5000/unknown:1')).toMatchObject({
    message: expect.stringContaining('it has no repository "unknown"'),
  });
});

test('a layer that is missing or damaged fails the instance', async () => {
  await images.push('torn:1', 'x');
  const layers = 'dockers/docker/registry/v2/repositories/torn/_layers/sha256/';
  const { commonPrefixes } = await world.objects.list('films', { prefix: layers, delimiter: '/' });
  await world.objects.delete('films', `${commonPrefixes[0]}link`);
  expect(await wordsOf('localhost:5000/torn:1')).toMatchObject({
    code: 'InvalidDocker.Image',
    message: expect.stringMatching(
      /^The blob sha256:\w+ of the image "torn" is missing in oss:\/\/films\/dockers\//,
    ),
  });
});

test('nobody runs an image from the bucket of another account', async () => {
  await images.push('private:1', 'secret');
  expect(await wordsOf('localhost:5000/private:1')).toBe('secret');
  expect(await wordsOf('localhost:5000/private:1', 'oss://films/dockers/', '2')).toEqual({
    kind: 'failed',
    code: 'InvalidDocker.RegistryOSSPath',
    message:
      'Specified parameter Docker.RegistryOSSPath is not valid. oss://films/dockers/: bucket "films" belongs to another account.',
  });
});

test('names that images from the object store have in the engine are nobody else to use', async () => {
  await images.push('hidden:1', 'secret');
  await wordsOf('localhost:5000/hidden:1');
  const [image = ''] = await stillThere();
  expect(image).not.toBe('');
  const outcome = await world.run({ instanceId: count++, image, commandLine: 'true' });
  expect(outcome).toMatchObject({ kind: 'failed', code: 'InvalidDocker.Image' });
});

test('of what a tag stood for, the engine keeps three images', async () => {
  const before = await stillThere();
  for (const words of ['a', 'b', 'c', 'd']) {
    await images.push('often:1', words);
    expect(await wordsOf('localhost:5000/often:1')).toBe(words);
  }
  expect(await stillThere()).toHaveLength(before.length + 3);
});
