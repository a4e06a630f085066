import { join } from 'node:path';
import type { Mounter, MountOptions, MountSpec, PlaceSpec } from '@rebatch/mount';
import type { Region } from './regions.ts';
import { isPlace, type ResolvedInput } from './resolve-inputs.ts';

/** An input, and what makes it visible on this host. `path`: absolute, inside the sandbox. */
export type PlannedMount =
  | { kind: 'objects'; path: string; spec: MountSpec }
  | { kind: 'place'; path: string; place: PlaceSpec };

/** `folder`: of this host; each input has a numbered entry in it. */
export function planMounts(inputs: readonly ResolvedInput[], folder: string): PlannedMount[] {
  return inputs.map((input, index) => {
    const { path, kind, writable } = input;
    const target = join(folder, String(index));
    if (!isPlace(input)) {
      const { bucket, key, charset = 'utf-8' } = input;
      return { kind: 'objects', path, spec: { bucket, key, kind, charset, target } };
    }
    const { url, root, segments } = input;
    return { kind: 'place', path, place: { url, root, segments, kind, writable, target } };
  });
}

/**
 * Makes an input visible, or finds it again (`adopt`).
 * @throws MountError
 */
export async function mountInput(
  planned: PlannedMount,
  mounter: Mounter,
  how: 'mount' | 'adopt',
  options?: MountOptions,
): Promise<Region> {
  const target = planned.path;
  if (planned.kind === 'place') {
    const { writable } = planned.place;
    return { target, host: await mounter.show(planned.place), place: { writable } };
  }
  const mounted = await mounter[how](planned.spec, options);
  return { target, host: mounted.path, mounted };
}
