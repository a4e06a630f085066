import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptDeps } from './attempt-deps.ts';
import { checkBuckets } from './check-buckets.ts';
import type { SettledSpec } from './contract.ts';
import { releaseMountsIn } from './forget-attempt.ts';
import { resolveInputs } from './layout/resolve-inputs.ts';
import type { Bind } from './sandbox/sandboxes.ts';

/**
 * Mounts that are no attempt's: those that a cluster's machine has for its bootstrap. Whatever an earlier call left in
 * `folder` is replaced. Outer targets come before inner ones.
 * @throws AttemptFailure, MountError
 */
export async function prepareMounts(
  wanted: Pick<SettledSpec, 'owner' | 'inputs' | 'contract'>,
  folder: string,
  deps: Pick<AttemptDeps, 'objects' | 'mounter'>,
): Promise<Bind[]> {
  await checkBuckets({ owner: wanted.owner, inputs: wanted.inputs, outputs: [], logs: [] }, deps.objects);
  const inputs = await resolveInputs(wanted, deps.objects);
  await releaseMountsIn(folder, deps.mounter);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const binds: Bind[] = [];
  for (const [index, { bucket, key, kind, path }] of inputs.entries()) {
    const mounted = await deps.mounter.mount({ bucket, key, kind, target: join(folder, String(index)) });
    binds.push({ source: mounted.path, target: path });
  }
  return binds.toSorted((left, right) => left.target.length - right.target.length);
}
