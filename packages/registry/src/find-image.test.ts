import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import { expect, onTestFinished, test } from 'vitest';
import { findImage } from './find-image.ts';
import { blobPath, layerLink, revisionLink, tagLink } from './layout.ts';
import { ObjectFiles } from './object-files.ts';
import { sha256 } from './repository.ts';

const LINUX = { os: 'linux', architecture: 'amd64' };

/** Storage of a registry, and how to put things into it. */
async function storage(): Promise<{
  files: ObjectFiles;
  blob: (content: string) => Promise<{ mediaType: string; digest: string; size: number }>;
  /** Gives its digest. */
  manifest: (body: object, tag?: string) => Promise<string>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-registry-'));
  const objects = await openFileStore({ dir: folder, clock: systemClock });
  onTestFinished(async () => {
    await objects.close();
    await rm(folder, { recursive: true });
  });
  await objects.createBucket('films', '1');
  const files = new ObjectFiles(objects, 'films', 'dockers/');
  const store = async (content: string, link: (digest: string) => string): Promise<string> => {
    const digest = sha256(Buffer.from(content));
    await files.write(blobPath(digest), Buffer.from(content));
    await files.write(link(digest), Buffer.from(digest));
    return digest;
  };
  return {
    files,
    async blob(content) {
      const digest = await store(content, (of) => layerLink('tool', of));
      return { mediaType: 'application/octet-stream', digest, size: content.length };
    },
    async manifest(body, tag) {
      const digest = await store(JSON.stringify({ schemaVersion: 2, ...body }), (of) =>
        revisionLink('tool', of),
      );
      if (tag !== undefined) await files.write(tagLink('tool', tag), Buffer.from(digest));
      return digest;
    },
  };
}

/** What an index says of an image for Linux. */
function entry(digest: string, architecture: string): object {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  return { mediaType, digest, size: 1, platform: { os: 'linux', architecture } };
}

test('of an index, the image for this host is meant', async () => {
  const { files, blob, manifest } = await storage();
  const config = await blob('{}');
  const arm = await manifest({ config, layers: [] });
  const intel = await manifest({ config, layers: [await blob('a layer')] });
  await manifest({ manifests: [entry(arm, 'arm64'), entry(intel, 'amd64')] }, 'both');
  expect(await findImage(files, { name: 'tool', tag: 'both' }, LINUX)).toEqual({ digest: intel, size: 7 });

  await manifest({ manifests: [entry(arm, 'arm64')] }, 'arm');
  await expect(findImage(files, { name: 'tool', tag: 'arm' }, LINUX)).rejects.toThrow(
    'The image "tool" in oss://films/dockers/ is for linux/arm64; this host needs linux/amd64.',
  );
});

test('an image that is not whole is found out before anybody pulls it', async () => {
  const { files, blob, manifest } = await storage();
  const config = await blob('{}');
  const layer = await blob('a layer');
  const find = (digest: string) => findImage(files, { name: 'tool', digest }, LINUX);
  await expect(find(await manifest({ config, layers: [{ ...layer, size: 9 }] }))).rejects.toThrow(
    'has 7 bytes in place of 9 in oss://films/dockers/',
  );
  const nowhere = { ...layer, digest: sha256(Buffer.from('nowhere')) };
  await expect(find(await manifest({ config, layers: [nowhere] }))).rejects.toThrow('is missing in');
  const foreign = { ...nowhere, mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' };
  expect(await find(await manifest({ config, layers: [foreign] }))).toMatchObject({ size: 7 });
  await expect(find(await manifest({ schemaVersion: 1 }))).rejects.toThrow('it is of schema 1');

  const damaged = await manifest({ config, layers: [layer] });
  await files.write(blobPath(damaged), Buffer.from('{}'));
  await expect(find(damaged)).rejects.toThrow('is missing or damaged: push the image again.');
});

test('a tag that is not there is told with those that are', async () => {
  const { files, blob, manifest } = await storage();
  const config = await blob('{}');
  for (let n = 10; n < 22; n++) await manifest({ config, layers: [] }, `0.${n}`);
  await expect(findImage(files, { name: 'tool', tag: '1' }, LINUX)).rejects.toThrow(
    'There is no image "tool:1" in the registry storage oss://films/dockers/: the tags of "tool" are ' +
      '0.10, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18, 0.19 and more.',
  );
});
