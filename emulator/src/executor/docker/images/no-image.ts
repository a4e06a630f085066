import { SandboxError } from '@rebatch/worker';
import { OSS_REGISTRY } from './oss-registry.ts';

/** The engine does not have an image that it was asked for. */
export function noImage(image: string, cause: unknown): SandboxError {
  if (image.startsWith(`${OSS_REGISTRY}/`)) {
    return new SandboxError('gone', 'The image was removed from this host while it was in use.', { cause });
  }
  const message =
    `The image "${image}" is not on this host. Get it with "docker pull ${image}" or "docker load -i FILE"; ` +
    'the images of Rebatch are built by "make images".';
  return new SandboxError('no-image', message, { cause });
}
