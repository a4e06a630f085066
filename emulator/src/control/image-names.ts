import type { AutoCluster, TaskDescription } from '@rebatch/model';
import { dockerOf, invalidParameter } from '@rebatch/model';

/** Image ids that tasks may name, and the container image behind each. */
export interface ImageNames {
  /** The container image behind `img-…` or `m-…`; undefined when the id is unknown. */
  find(id: string): string | undefined;
  /** For tasks that name no image at all. */
  fallback: string;
}

/** What an attempt runs in. */
export interface ResolvedImage {
  image: string;
  contract: 'docker' | 'vm';
}

const UBUNTU = 'rebatch/img-ubuntu:latest';

/** Ids that clients use without ever having made an image (spec/batchcompute-api.md §6, §16). */
const SYSTEM_IMAGES: Readonly<Record<string, string>> = {
  'img-ubuntu': UBUNTU,
  'img-ubuntu-vpc': UBUNTU,
};

/** The system images and those of `more`, which wins. */
export function imageNames(more: Readonly<Record<string, string>> = {}): ImageNames {
  const table = new Map([...Object.entries(SYSTEM_IMAGES), ...Object.entries(more)]);
  return { find: (id) => table.get(id), fallback: UBUNTU };
}

/**
 * The container image of a task. With Docker the image behind the virtual machine does not matter (spec §13).
 * `path`: the task's place in the request, for the error.
 *
 * @throws InvalidDAG.Tasks.{task}.AutoCluster.{field} for an image id that is not in the table.
 */
export function resolveImage(names: ImageNames, task: TaskDescription, path: string): ResolvedImage {
  const docker = dockerOf(task.Parameters.Command);
  if (docker !== undefined) return { image: docker.Image, contract: 'docker' };
  const wanted = vmImage(task.AutoCluster);
  if (wanted === undefined) return { image: names.fallback, contract: 'vm' };
  const image = names.find(wanted.id) ?? reference(wanted.id);
  if (image === undefined) {
    throw invalidParameter(
      `${path}.AutoCluster.${wanted.field}`,
      `The image ${JSON.stringify(wanted.id.slice(0, 200))} is not known here.`,
    );
  }
  return { image, contract: 'vm' };
}

/** As {@link resolveImage}, for a task that was accepted once: an id that is known no more stands for itself. */
export function resolveAcceptedImage(names: ImageNames, task: TaskDescription): ResolvedImage {
  const docker = dockerOf(task.Parameters.Command);
  if (docker !== undefined) return { image: docker.Image, contract: 'docker' };
  const wanted = vmImage(task.AutoCluster);
  if (wanted === undefined) return { image: names.fallback, contract: 'vm' };
  return { image: names.find(wanted.id) ?? wanted.id, contract: 'vm' };
}

function vmImage(cluster: AutoCluster | undefined): { field: string; id: string } | undefined {
  if (cluster?.ImageId !== undefined) return { field: 'ImageId', id: cluster.ImageId };
  if (cluster?.ECSImageId !== undefined) return { field: 'ECSImageId', id: cluster.ECSImageId };
  return undefined;
}

/** A container image named directly; ids of the vendor's form never are. */
function reference(id: string): string | undefined {
  return /^(?:img-|m-)/.test(id) || !/^[a-z0-9][a-z0-9._/:@-]*$/.test(id) ? undefined : id;
}
