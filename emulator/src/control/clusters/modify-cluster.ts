import type { ClusterChange } from '@rebatch/model';
import { checkNas, nasUrlsOfMounts } from '../check-nas.ts';
import type { ControlOptions } from '../context.ts';
import type { Caller } from '../control.ts';
import { checkClusterImages } from './check-cluster-images.ts';

/**
 * PUT /clusters/{Id} (spec/batchcompute-api.md §9.3). Machines that exist stay as they are; only new ones are made by
 * what was changed.
 *
 * @throws InvalidResource.NotFound, StateConflict while it is being deleted, MissingDesiredVMCount for a new group
 */
export async function modifyCluster(
  { scheduler, images, nas }: ControlOptions,
  { owner }: Caller,
  clusterId: string,
  change: ClusterChange,
): Promise<void> {
  await scheduler.modifyCluster({
    owner,
    clusterId,
    change,
    check: (after) => {
      checkClusterImages(images, owner, after);
      checkNas(nas, owner, nasUrlsOfMounts(after.Configs?.Mounts, 'Configs.Mounts'));
    },
  });
}
