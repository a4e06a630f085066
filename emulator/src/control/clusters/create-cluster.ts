import { type ClusterDescription, resourceIdSource } from '@rebatch/model';
import { unsupportedOperation } from '../../api/errors.ts';
import { checkNas, nasUrlsOfMounts } from '../check-nas.ts';
import type { ControlOptions } from '../context.ts';
import type { Caller } from '../control.ts';
import { fingerprint } from '../fingerprint.ts';
import { checkClusterImages } from './check-cluster-images.ts';

/**
 * POST /clusters (spec/batchcompute-api.md §9.1). Its machines come later.
 *
 * @throws UnsupportedOperation where the executor has no machines.
 * @throws InvalidImageId for an unknown image; InvalidConfigs.Mounts for a file server that is not mapped here.
 * @throws IdempotentTokenMismatch when the token came with another request before.
 */
export async function createCluster(
  options: ControlOptions,
  { owner }: Caller,
  description: ClusterDescription,
  idempotentToken?: string,
): Promise<{ Id: string }> {
  const { scheduler, clock, images, nas } = options;
  if (!scheduler.hasClusters()) throw unsupportedOperation('CreateCluster');
  checkClusterImages(images, owner, description);
  checkNas(nas, owner, nasUrlsOfMounts(description.Configs?.Mounts, 'Configs.Mounts'));
  const cluster = {
    id: idsOf(options)(),
    owner,
    state: 'Active',
    errorCode: '',
    createdAt: clock.now(),
    description,
  } as const;
  const token =
    idempotentToken === undefined
      ? undefined
      : { token: idempotentToken, fingerprint: fingerprint(description) };
  return { Id: await scheduler.createCluster(cluster, token) };
}

const sources = new WeakMap<ControlOptions, () => string>();

/** One source of ids for a server, so that they ascend. */
function idsOf(options: ControlOptions): () => string {
  const known = sources.get(options) ?? resourceIdSource('cls-', options.clock);
  sources.set(options, known);
  return known;
}
