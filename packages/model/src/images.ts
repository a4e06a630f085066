/** POST /images with every default filled (spec/batchcompute-api.md §16). */
export interface ImageDescription {
  Name: string;
  Description: string;
  /** What the image is made of: the id of another image, or a container image. */
  EcsImageId: string;
  Platform: ImagePlatform;
}

export const IMAGE_PLATFORMS = ['Linux', 'Windows'] as const;
export type ImagePlatform = (typeof IMAGE_PLATFORMS)[number];

/** GetImage and items of ListImages (spec §16). */
export interface ImageView {
  Name: string;
  Id: string;
  Description: string;
  EcsImageId: string;
  /** A number, whatever one sample shows (spec §18); 0 for images of the system. */
  OwnerId: number;
  Platform: ImagePlatform;
  Type: ImageType;
  CreationTime: string;
}

export const IMAGE_TYPES = ['System', 'Self'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** True for ids in the vendor's forms, `img-…` and `m-…` (spec §6); any other name of an image is a container image. */
export function isImageId(text: string): boolean {
  return /^(?:img|m)-[a-zA-Z0-9_-]{1,60}$/.test(text);
}

/** A new id such as `img-2b0f7c9e41d34a6f`. */
export function newImageId(): string {
  return `img-${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`;
}
