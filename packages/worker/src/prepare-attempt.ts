import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mounter } from '@rebatch/mount';
import pMap from 'p-map';
import type { AttemptDeps } from './attempt-deps.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import type { SettledSpec } from './contract.ts';
import { releaseMounts } from './forget-attempt.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { type Layout, planLayout } from './layout/plan-layout.ts';
import { makeNestedFolder } from './layout/make-nested-folder.ts';
import { mountInput } from './layout/planned-mount.ts';
import type { Region } from './layout/regions.ts';
import { type ResolvedInput, resolveInputs } from './layout/resolve-inputs.ts';
import { fetchPackage } from './package/fetch-package.ts';
import { unpackStream } from './package/unpack-stream.ts';
import { tellOfCopies } from './tell-of-copies.ts';

const PARALLEL_MOUNTS = 4;

/** An attempt whose files are in place. */
export interface PreparedAttempt {
  layout: Layout;
  /** Everything of the sandbox's tree that lies on this host, mounts included. */
  regions: Region[];
}

/**
 * Makes the attempt's file tree: work folder with what the image has there and the package in it, inputs, output folders.
 * `spec.image`: the engine's name for it.
 * @throws AttemptFailure, MountError, or what the signal was aborted with
 */
export async function prepareAttempt(
  spec: SettledSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<PreparedAttempt> {
  const inputs = await resolveInputs(spec, deps);
  const layout = planLayout(spec, folder, inputs);
  if (inputs.length > 0) await writeJsonFile(folder.inputsFile, inputs);
  await mkdir(folder.logs, { recursive: true });
  for (const { host } of layout.folders) await mkdir(host, { recursive: true });
  const regions = [...layout.folders, ...(await mountInputs('mount', layout, folder, deps, signal))];
  for (const path of layout.nestedFolders) await makeNestedFolder(regions, path);
  // Whoever builds an image for the service may put the program where it is started: the folder would hide it.
  if (spec.contract === 'docker') {
    await deps.images?.readFolder(spec.image, layout.workFolder, (tar) => unpackStream(tar, folder.work));
  }
  if (spec.packageUrl !== undefined) {
    const temporary = join(folder.root, 'package');
    await fetchPackage(spec.packageUrl, folder.work, temporary, deps.objects, signal);
  }
  await tellOfCopies(regions, folder.logs);
  signal.throwIfAborted();
  return { layout, regions };
}

/** Finds again what an earlier process prepared, for an attempt whose sandbox exists. */
export async function adoptPrepared(
  spec: SettledSpec,
  folder: AttemptFolder,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<PreparedAttempt> {
  const inputs = (await readJsonFile<ResolvedInput[]>(folder.inputsFile)) ?? [];
  const layout = planLayout(spec, folder, inputs);
  const regions = [...layout.folders, ...(await mountInputs('adopt', layout, folder, deps, signal))];
  return { layout, regions };
}

/** Clears what an unfinished preparation left. */
export async function clearPrepared(folder: AttemptFolder, mounter: Mounter): Promise<void> {
  await discardFiles(folder, mounter);
  for (const path of [folder.logs, folder.inputsFile, folder.contractFile])
    await rm(path, { recursive: true, force: true });
}

/**
 * Gives the room back that the attempt's files take, all but what tells how far it came: on a full disk, nothing of it
 * could be stored before.
 */
export async function discardFiles(folder: AttemptFolder, mounter: Mounter): Promise<void> {
  await releaseMounts(folder, mounter);
  for (const path of [folder.work, folder.inputs, folder.outputs, folder.fetched]) {
    await rm(path, { recursive: true, force: true });
  }
}

async function mountInputs(
  how: 'mount' | 'adopt',
  layout: Layout,
  folder: AttemptFolder,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<Region[]> {
  if (layout.mounts.length === 0) return [];
  await mkdir(folder.inputs, { recursive: true });
  return pMap(layout.mounts, (mount) => mountInput(mount, deps.mounter, how, { signal }), {
    concurrency: PARALLEL_MOUNTS,
    signal,
  });
}
