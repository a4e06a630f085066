import {
  forbidden,
  formatTime,
  type ImageDescription,
  type ImageType,
  type ImageView,
  newImageId,
  notFound,
  type Page,
} from '@rebatch/model';
import { checkQuota } from '../store/check-quota.ts';
import { createOnce } from '../store/create-once.ts';
import type { ImageRow } from '../store/rows.ts';
import type { ControlOptions } from './context.ts';
import type { Caller, PageRequest } from './control.ts';
import { createToken } from './create-token.ts';
import { toPage } from './to-page.ts';

/**
 * POST /images: a name of the caller's own for another image. What it is made of need not be known yet: a job that uses it
 * before is refused (spec/batchcompute-api.md §16).
 *
 * @throws IdempotentTokenMismatch when the token came with another request before; QuotaExhausted
 */
export function createImage(
  { store, clock }: ControlOptions,
  { owner }: Caller,
  description: ImageDescription,
  idempotentToken?: string,
): { Id: string } {
  const token = createToken(owner, 'image', idempotentToken, description);
  const create = (): string => {
    checkQuota(store, owner, 'images', (atMost) => store.countOwn('images', owner, atMost));
    const id = newImageId();
    store.saveImage({
      id,
      owner,
      name: description.Name,
      description: description.Description,
      target: description.EcsImageId,
      platform: description.Platform,
      createdAt: clock.now(),
    });
    return id;
  };
  return store.transaction(() => ({ Id: createOnce(store, token, clock.now(), create) }));
}

/** GET /images by id: the caller's and the system's. The marker is the id of the last image seen. */
export function listImages(
  { store }: ControlOptions,
  { owner }: Caller,
  type: ImageType | undefined,
  { marker, limit }: PageRequest,
): Page<ImageView> {
  const rows = store.listImages({
    owner,
    ...(type === undefined ? {} : { type }),
    after: marker,
    limit: limit + 1,
  });
  return toPage(rows, limit, marker, (last) => last.id, imageView);
}

/** @throws InvalidResource.NotFound when the caller sees no such image. */
export function getImage({ store }: ControlOptions, { owner }: Caller, imageId: string): ImageView {
  const image = store.findImage(owner, imageId);
  if (image === undefined) throw notFound();
  return imageView(image);
}

/**
 * @throws InvalidResource.NotFound when the caller sees no such image.
 * @throws Forbidden for an image of the system, which the operator alone removes.
 */
export function deleteImage({ store }: ControlOptions, { owner }: Caller, imageId: string): void {
  if (store.deleteImage(owner, imageId)) return;
  if (store.findImage(owner, imageId) === undefined) throw notFound();
  throw forbidden('An image of the system can be deleted by its operator only.');
}

function imageView(image: ImageRow): ImageView {
  return {
    Name: image.name,
    Id: image.id,
    Description: image.description,
    EcsImageId: image.target,
    OwnerId: Number(image.owner),
    Platform: image.platform,
    Type: image.owner === '' ? 'System' : 'Self',
    CreationTime: formatTime(image.createdAt),
  };
}
