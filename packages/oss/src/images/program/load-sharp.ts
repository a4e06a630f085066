import type sharpModule from 'sharp';

export type SharpLibrary = typeof sharpModule;

/** Bytes of these formats are decoded, and of no others, whatever the library could. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

/**
 * The library, made ready to serve strangers: one thread, no cache, no decoder but those of our formats.
 * @throws Error when it is not installed, or not for this machine
 */
export async function loadSharp(): Promise<SharpLibrary> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  return sharp;
}
