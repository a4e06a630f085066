import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { LABEL_ATTEMPT, LABEL_DATA } from './container-options.ts';
import { statusOf } from './docker-error.ts';
import { removeUnusedNetworks } from './networks/remove-unused-networks.ts';

/**
 * Removes what a crash while removing leaves: this server's containers whose attempt has no folder any more, and its networks
 * that no container is on.
 */
export async function removeOrphans(docker: Docker, dataId: string, attemptsFolder: string): Promise<void> {
  const filters = { label: [`${LABEL_DATA}=${dataId}`] };
  const containers = await docker.listContainers({ all: true, filters });
  for (const { Id, Labels } of containers) {
    const attemptId = Labels[LABEL_ATTEMPT];
    if (attemptId === undefined || (await exists(join(attemptsFolder, attemptId)))) continue;
    await docker
      .getContainer(Id)
      .remove({ force: true, v: true })
      .catch((error: unknown) => {
        if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
      });
  }
  await removeUnusedNetworks(docker, dataId);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
