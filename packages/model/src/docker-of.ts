import type { Command, DockerReference } from './descriptions.ts';
import { withoutUndefined } from './without-undefined.ts';

/**
 * The container that a command wants: the Docker field, or the older switch through two variables, of which the registry
 * path alone means nothing (spec/batchcompute-api.md §13).
 */
export function dockerOf(command: Command): DockerReference | undefined {
  if (command.Docker !== undefined) return command.Docker;
  const { BATCH_COMPUTE_DOCKER_IMAGE: image, BATCH_COMPUTE_DOCKER_REGISTRY_OSS_PATH: path } = command.EnvVars;
  if (image === undefined || image === '') return undefined;
  return withoutUndefined({ Image: image, RegistryOSSPath: path === '' ? undefined : path });
}
