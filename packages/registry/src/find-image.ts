import pMap from 'p-map';
import { isForeign, type Manifest, ManifestError, parseManifest, type Platform } from './manifest.ts';
import type { Reference } from '@rebatch/model';
import { Repository } from './repository.ts';
import type { RegistryFiles } from './registry-files.ts';

/** An image that a registry's storage has, whole. */
export interface FoundImage {
  /** Of the image's own manifest, not of an index that offers it. */
  digest: string;
  /** Bytes of its layers, compressed. */
  size: number;
}

/** Thrown when a registry's storage does not have an image; the message says where it was looked for and what is there. */
export class ImageNotFoundError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImageNotFoundError';
  }
}

/** Tags that a message names. */
const TOLD_TAGS = 10;
const PARALLEL_LOOKS = 16;
const MAX_INDEXES = 3;

/**
 * Looks for the image behind a tag (without one: `latest`) or a digest, and for all that it is made of; of an index, for
 * the one of `platform`.
 *
 * @throws ImageNotFoundError
 */
export async function findImage(
  files: RegistryFiles,
  reference: Reference,
  platform: Platform,
): Promise<FoundImage> {
  const digest = await findDigest(files, reference);
  return wholeImage(new Repository(files, reference.name), digest, platform);
}

/** What a tag or a digest stands for now: cheap, to see whether anything has changed. @throws ImageNotFoundError */
export async function findDigest(files: RegistryFiles, reference: Reference): Promise<string> {
  const repository = new Repository(files, reference.name);
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const digest = await repository.resolve(wanted);
  if (digest !== undefined) return digest;
  throw new ImageNotFoundError(
    `There is no image "${reference.name}${reference.digest === undefined ? ':' : '@'}${wanted}" in the registry ` +
      `storage ${files.where}: ${await whatIsThere(repository)}.`,
  );
}

async function whatIsThere(repository: Repository): Promise<string> {
  const tags: string[] = [];
  for await (const tag of repository.tags()) {
    if (tags.push(tag) > TOLD_TAGS) break;
  }
  if (tags.length === 0) return `it has no repository "${repository.name}"`;
  const more = tags.length > TOLD_TAGS ? ' and more' : '';
  return `the tags of "${repository.name}" are ${tags.slice(0, TOLD_TAGS).join(', ')}${more}`;
}

async function wholeImage(repository: Repository, first: string, platform: Platform): Promise<FoundImage> {
  let digest = first;
  for (let step = 0; step < MAX_INDEXES; step++) {
    const manifest = await readManifest(repository, digest);
    if (manifest.kind === 'image') return { digest, size: await checkBlobs(repository, manifest) };
    digest = choose(repository, manifest, platform);
  }
  throw new ImageNotFoundError(`${subject(repository, first)} is an index of indexes.`);
}

async function readManifest(repository: Repository, digest: string): Promise<Manifest> {
  const content = await repository.manifest(digest);
  if (content === undefined) {
    throw new ImageNotFoundError(
      `${subject(repository, digest)} is missing or damaged: push the image again.`,
    );
  }
  try {
    return parseManifest(content);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new ImageNotFoundError(`${subject(repository, digest)} cannot be used: ${error.message}.`);
  }
}

function choose(
  repository: Repository,
  { manifests }: Extract<Manifest, { kind: 'index' }>,
  { os, architecture }: Platform,
): string {
  const found = manifests.find(
    ({ platform }) => platform?.os === os && platform.architecture === architecture,
  );
  if (found !== undefined) return found.digest;
  const offered = manifests.map(({ platform }) => `${platform?.os ?? '?'}/${platform?.architecture ?? '?'}`);
  throw new ImageNotFoundError(
    `The image "${repository.name}" in ${repository.files.where} is for ${offered.join(', ') || 'nothing'}; ` +
      `this host needs ${os}/${architecture}.`,
  );
}

async function checkBlobs(
  repository: Repository,
  { config, layers }: Extract<Manifest, { kind: 'image' }>,
): Promise<number> {
  const needed = [config, ...layers.filter((layer) => !isForeign(layer))];
  await pMap(
    needed,
    async ({ digest, size }) => {
      const stored = await repository.blobSize(digest);
      if (stored === size) return;
      const trouble = stored === undefined ? 'is missing' : `has ${stored} bytes in place of ${size}`;
      throw new ImageNotFoundError(
        `The blob ${digest} of the image "${repository.name}" ${trouble} in ${repository.files.where}: push the image again.`,
      );
    },
    { concurrency: PARALLEL_LOOKS },
  );
  return layers.reduce((sum, layer) => sum + layer.size, 0);
}

function subject({ name, files }: Repository, digest: string): string {
  return `The manifest ${digest} of the image "${name}" in ${files.where}`;
}
