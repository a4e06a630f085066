import type Docker from 'dockerode';
import { LABEL_DATA } from '../container-options.ts';
import { removeBridge } from './bridge.ts';

/**
 * Removes this server's networks of accounts and clusters that no container of it names, be it running or not. Who comes later
 * makes its network again.
 */
export async function removeUnusedNetworks(docker: Docker, dataId: string): Promise<void> {
  const filters = { label: [`${LABEL_DATA}=${dataId}`] };
  const containers = await docker.listContainers({ all: true, filters });
  const named = new Set(containers.map(({ HostConfig }) => HostConfig.NetworkMode));
  for (const { Name: name } of await docker.listNetworks({ filters })) {
    if (!named.has(name)) await removeBridge(docker, name);
  }
}
