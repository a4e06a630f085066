import type { ClusterDescription } from '@rebatch/model';
import { type ImageNames, requireImage } from '../image-names.ts';

/** @throws InvalidImageId, InvalidGroups.{group}.ImageId for an image that is not known. */
export function checkClusterImages(names: ImageNames, owner: string, cluster: ClusterDescription): void {
  requireImage(names, owner, cluster.ImageId, 'ImageId');
  for (const [name, { ImageId: image }] of Object.entries(cluster.Groups)) {
    if (image !== undefined) requireImage(names, owner, image, `Groups.${name}.ImageId`);
  }
}
