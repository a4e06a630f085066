import type Docker from 'dockerode';
import { LABEL_DATA } from '../container-options.ts';
import { statusOf } from '../docker-error.ts';
import { networkExists } from '../network-exists.ts';
import { clusterNetworkName, LABEL_CLUSTER } from './node-container.ts';

/** The cluster's own network, whose name server knows its machines; made when it is not there. Can be repeated. */
export async function ensureClusterNetwork(docker: Docker, clusterId: string, dataId: string): Promise<void> {
  const name = clusterNetworkName(clusterId);
  if (await networkExists(docker, name)) return;
  try {
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: { [LABEL_DATA]: dataId, [LABEL_CLUSTER]: clusterId },
    });
  } catch (error) {
    // Another machine of the cluster was faster.
    if (statusOf(error) !== 409) throw error;
  }
}

/** Removes the cluster's network unless a machine is still on it. Can be repeated. */
export async function removeClusterNetwork(docker: Docker, clusterId: string): Promise<void> {
  try {
    await docker.getNetwork(clusterNetworkName(clusterId)).remove();
  } catch (error) {
    // 403: in use.
    if (![403, 404, 409].includes(statusOf(error) ?? 0)) throw error;
  }
}
