import { access } from 'node:fs/promises';
import type { SandboxSpec } from '@rebatch/worker';
import { AttemptFailure } from '@rebatch/worker';
import type Docker from 'dockerode';

/** How this host's engine hands GPUs to containers: NVIDIA's runtime, the container device interface, or plain devices. */
export type GpuSupport = 'nvidia' | 'cdi' | 'dri' | 'none';

const DRI = '/dev/dri';
const CDI_GPU = 'nvidia.com/gpu=';
/** What renderers and learning need of the driver. */
const NVIDIA_CAPABILITIES = ['gpu', 'compute', 'graphics', 'utility', 'video'];

/** Asks the engine, then the host. `hasDevice`: whether a path is there. */
export async function findGpus(
  docker: Pick<Docker, 'info'>,
  hasDevice: (path: string) => Promise<boolean> = isThere,
): Promise<GpuSupport> {
  const info: unknown = await docker.info();
  const { Runtimes, DiscoveredDevices } = Object.assign(Object.create(null), info);
  if (typeof Runtimes === 'object' && Runtimes !== null && Object.hasOwn(Runtimes, 'nvidia')) return 'nvidia';
  if (JSON.stringify(DiscoveredDevices ?? []).includes(CDI_GPU)) return 'cdi';
  return (await hasDevice(DRI)) ? 'dri' : 'none';
}

/**
 * What a container is given of the host's GPUs. Attempts share them: nobody counts who has which.
 *
 * @throws AttemptFailure when it must have some and the host has none
 */
export function gpuOptions(
  { gpus }: Pick<SandboxSpec, 'gpus'>,
  support: GpuSupport,
): Pick<Docker.HostConfig, 'DeviceRequests' | 'Devices'> {
  if (gpus === undefined) return {};
  switch (support) {
    case 'nvidia':
      return {
        DeviceRequests: [{ Driver: 'nvidia', Count: gpus.count, Capabilities: [NVIDIA_CAPABILITIES] }],
      };
    case 'cdi':
      return { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: [`${CDI_GPU}all`] }] };
    case 'dri':
      return { Devices: [{ PathOnHost: DRI, PathInContainer: DRI, CgroupPermissions: 'rwm' }] };
    case 'none':
    default:
      if (!gpus.required) return {};
      throw new AttemptFailure(
        'InvalidInstanceType',
        `The instance type has ${gpus.count} GPU${gpus.count === 1 ? '' : 's'}, and this host has none that Docker can hand on.`,
      );
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
