import type { HostMounter } from './host-mounter.ts';
import type { Mounted, Mounter } from './mounter.ts';

/** A host's mounter that copies. `reason`: why, when that was not asked for. */
export function copyingHostMounter(stageIn: Mounter, reason?: string): HostMounter {
  const withReason = async (mounting: Promise<Mounted>): Promise<Mounted> => {
    const mounted = await mounting;
    return reason === undefined ? mounted : { ...mounted, copiedSince: reason };
  };
  const mounter: Mounter = {
    mount: (spec, options) => withReason(stageIn.mount(spec, options)),
    adopt: (spec, options) => withReason(stageIn.adopt(spec, options)),
    release: (target) => stageIn.release(target),
  };
  return {
    ...mounter,
    sharedWith: () => ({ ...mounter, open: () => Promise.resolve(false), close: done }),
    close: done,
  };
}

function done(): Promise<void> {
  return Promise.resolve();
}
