import {
  type AutoCluster,
  type DockerReference,
  dockerOf,
  invalidParameter,
  isImageId,
  isReference,
  type TaskDescription,
} from '@rebatch/model';
import type { Store } from '../store/store.ts';

/** What the names that tasks and clusters use for images stand for. */
export interface ImageNames {
  /** `owner`: whose name it is. */
  resolve(owner: string, name: string): ImageResolution;
  /** For tasks that name no image at all. */
  fallback(owner: string): string;
}

/** A container image; or the name, of those on the way to one, that nobody knows. */
type ImageResolution = { image: string } | { unknown: string };

/** What an attempt runs in. */
export interface ResolvedImage {
  image: string;
  contract: 'docker' | 'vm';
  /** Where the image's registry storage is; absent: the engine knows. */
  registryUrl?: string;
}

const FALLBACK_ID = 'img-ubuntu';
const FALLBACK_IMAGE = 'rebatch/img-ubuntu:latest';
/** Names that may stand for another until one stands for a container image. */
const MAX_STEPS = 8;

/** Names by the store's table (`rebatch images`, CreateImage). What has not the form of an id is a container image. */
export function storedImages(store: Pick<Store, 'findImage'>): ImageNames {
  const resolve = (owner: string, name: string): ImageResolution => {
    let current = name;
    for (let step = 0; step < MAX_STEPS; step++) {
      if (isReference(current)) return { image: current };
      const known = isImageId(current) ? store.findImage(owner, current) : undefined;
      if (known === undefined) return { unknown: current };
      current = known.target;
    }
    return { unknown: name };
  };
  return {
    resolve,
    fallback(owner) {
      const found = resolve(owner, FALLBACK_ID);
      return 'image' in found ? found.image : FALLBACK_IMAGE;
    },
  };
}

/**
 * The container image that a name in a request stands for. `path`: the name's place in the request, for the error.
 *
 * @throws Invalid{path} that tells the unknown name.
 */
export function requireImage(names: ImageNames, owner: string, name: string, path: string): string {
  const found = names.resolve(owner, name);
  if ('image' in found) return found.image;
  const [wanted, missing] = [name, found.unknown].map((text) => JSON.stringify(text.slice(0, 200)));
  throw invalidParameter(
    path,
    found.unknown === name
      ? `The image ${wanted} is not known here.`
      : `The image ${wanted} stands for ${missing}, which is not known here.`,
  );
}

/**
 * The container image of a task. With Docker the image behind the virtual machine does not matter (spec §13).
 * `path`: the task's place in the request, for the error.
 *
 * @throws InvalidDAG.Tasks.{task}.AutoCluster.{field} for an image id that is not in the table.
 */
export function resolveImage(
  names: ImageNames,
  owner: string,
  task: TaskDescription,
  path: string,
): ResolvedImage {
  const docker = dockerOf(task.Parameters.Command);
  if (docker !== undefined) return dockerImage(docker);
  const wanted = vmImage(task.AutoCluster);
  if (wanted === undefined) return { image: names.fallback(owner), contract: 'vm' };
  return {
    image: requireImage(names, owner, wanted.id, `${path}.AutoCluster.${wanted.field}`),
    contract: 'vm',
  };
}

/** As {@link resolveImage}, for a task that was accepted once: an id that is known no more stands for itself. */
export function resolveAcceptedImage(names: ImageNames, owner: string, task: TaskDescription): ResolvedImage {
  const docker = dockerOf(task.Parameters.Command);
  if (docker !== undefined) return dockerImage(docker);
  const wanted = vmImage(task.AutoCluster);
  if (wanted === undefined) return { image: names.fallback(owner), contract: 'vm' };
  const found = names.resolve(owner, wanted.id);
  return { image: 'image' in found ? found.image : found.unknown, contract: 'vm' };
}

function dockerImage({ Image: image, RegistryOSSPath: registryUrl }: DockerReference): ResolvedImage {
  return { image, contract: 'docker', ...(registryUrl === undefined ? {} : { registryUrl }) };
}

function vmImage(cluster: AutoCluster | undefined): { field: string; id: string } | undefined {
  if (cluster?.ImageId !== undefined) return { field: 'ImageId', id: cluster.ImageId };
  if (cluster?.ECSImageId !== undefined) return { field: 'ECSImageId', id: cluster.ECSImageId };
  return undefined;
}
