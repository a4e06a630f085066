import type { HostMounter } from './host-mounter.ts';
import { MountError } from './mount-error.ts';
import type { Mounted, Mounter, PlaceSpec } from './mounter.ts';

/** A host's mounter that copies. `reason`: why, when that was not asked for. */
export function copyingHostMounter(stageIn: Mounter, reason?: string): HostMounter {
  const withReason = async (mounting: Promise<Mounted>): Promise<Mounted> => {
    const mounted = await mounting;
    return reason === undefined ? mounted : { ...mounted, copiedSince: reason };
  };
  const mounter: Mounter = {
    mount: (spec, options) => withReason(stageIn.mount(spec, options)),
    adopt: (spec, options) => withReason(stageIn.adopt(spec, options)),
    show: (place) => stageIn.show(place),
    release: (target) => stageIn.release(target),
  };
  return {
    ...mounter,
    sharedWith: () => ({ ...mounter, show: refuse, open: () => Promise.resolve(false), close: done }),
    close: done,
  };
}

function done(): Promise<void> {
  return Promise.resolve();
}

/** A container that runs already sees only what lies in its shared folder. */
function refuse({ url }: PlaceSpec): Promise<never> {
  const why = 'a machine of a cluster can be shown it only where inputs are mounted (serve --mounts)';
  return Promise.reject(new MountError(url, `${url} cannot be shown: ${why}`));
}
