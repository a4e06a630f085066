import { mkdir, rm } from 'node:fs/promises';
import type { ObjectStore } from '@rebatch/objects';
import pMap from 'p-map';
import { mountErrorOf } from '../mount-error-of.ts';
import { realPlace } from '../host-place/open-place.ts';
import type { MountOptions, Mounted, Mounter, MountSpec } from '../mounter.ts';
import { encodeName } from '../names/charset.ts';
import { listObjects } from '../tree/list-objects.ts';
import { objectTree } from '../tree/object-tree.ts';
import { changedFiles, isChanged } from './changed-files.ts';
import { copyObject } from './copy-object.ts';
import { type Manifest, manifestPath, readManifest, writeManifest } from './manifest.ts';

/** Copies under way at once; more does not help one disk. */
const PARALLEL_COPIES = 8;

/**
 * A mounter that copies objects before the program runs. Needs room for the whole prefix but no FUSE. The copy is the
 * attempt's own, so what the program writes under it stays local (spec/batchcompute-api.md §12.2).
 */
export function createStageInMounter(objects: ObjectStore): Mounter {
  async function mount(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    try {
      const manifest =
        spec.kind === 'file'
          ? await stageFile(objects, spec, options.signal)
          : await stageFolder(objects, spec, options.signal);
      await writeManifest(spec.target, manifest);
      return stagedMount(spec, manifest);
    } catch (error) {
      throw mountErrorOf(spec, error);
    }
  }

  async function adopt(spec: MountSpec, options: MountOptions = {}): Promise<Mounted> {
    const manifest = await readManifest(spec.target);
    if (manifest !== undefined) return stagedMount(spec, manifest);
    await removeStaged(spec.target);
    return mount(spec, options);
  }

  return { mount, adopt, show: realPlace, release: removeStaged };
}

async function stageFile(
  objects: ObjectStore,
  spec: MountSpec,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  return new Map([['', await copyObject(objects, spec, spec.target, signal)]]);
}

async function stageFolder(
  objects: ObjectStore,
  spec: MountSpec,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  const charset = spec.charset ?? 'utf-8';
  const tree = objectTree(spec.key, await listObjects(objects, spec.bucket, spec.key), charset);
  await mkdir(spec.target);
  const pathOf = (name: string): Buffer =>
    Buffer.concat([Buffer.from(`${spec.target}/`), encodeName(name, charset)]);
  for (const folder of tree.folders) await mkdir(pathOf(folder), { recursive: true });
  const copied = await pMap(
    tree.files,
    async ([name, info]) => [name, await copyObject(objects, info, pathOf(name), signal)] as const,
    { concurrency: PARALLEL_COPIES, ...(signal === undefined ? {} : { signal }) },
  );
  return new Map(copied);
}

function stagedMount(spec: MountSpec, manifest: Manifest): Mounted {
  return {
    path: spec.target,
    async diff() {
      if (spec.kind === 'folder') return changedFiles(spec.target, manifest, spec.charset ?? 'utf-8');
      return (await isChanged(spec.target, '', manifest)) ? [''] : [];
    },
  };
}

async function removeStaged(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await rm(manifestPath(target), { force: true });
}
