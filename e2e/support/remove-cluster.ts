import { BatchComputeError, type ClusterClient } from '@rebatch/client';
import { until } from './until.ts';

/** Deletes a cluster and waits until its machines and its network are gone. */
export async function removeCluster(clusters: ClusterClient, id: string): Promise<void> {
  await clusters.deleteCluster(id);
  await until('the cluster is gone', async () => {
    try {
      await clusters.getCluster(id);
      return false;
    } catch (error) {
      if (error instanceof BatchComputeError && error.status === 404) return true;
      throw error;
    }
  });
}
