import { mkdir, rm } from 'node:fs/promises';
import type { AttemptDeps } from './attempt-deps.ts';
import { checkBuckets } from './check-buckets.ts';
import type { SettledSpec } from './contract.ts';
import { releaseMountsIn } from './forget-attempt.ts';
import { mountInput, planMounts } from './layout/planned-mount.ts';
import { resolveInputs } from './layout/resolve-inputs.ts';
import { bindOf } from './sandbox/bind-of.ts';
import type { Bind } from './sandbox/sandboxes.ts';

/**
 * Mounts that are no attempt's: those that a cluster's machine has for its bootstrap. Whatever an earlier call left in
 * `folder` is replaced. Outer targets come before inner ones.
 * @throws AttemptFailure, MountError
 */
export async function prepareMounts(
  wanted: Pick<SettledSpec, 'owner' | 'inputs' | 'contract'>,
  folder: string,
  deps: Pick<AttemptDeps, 'objects' | 'mounter' | 'nas'>,
): Promise<Bind[]> {
  await checkBuckets({ owner: wanted.owner, inputs: wanted.inputs, outputs: [], logs: [] }, deps.objects);
  const inputs = await resolveInputs({ ...wanted, outputs: [] }, deps);
  await releaseMountsIn(folder, deps.mounter);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const binds: Bind[] = [];
  for (const planned of planMounts(inputs, folder)) {
    binds.push(bindOf(await mountInput(planned, deps.mounter, 'mount')));
  }
  return binds.toSorted((left, right) => left.target.length - right.target.length);
}
