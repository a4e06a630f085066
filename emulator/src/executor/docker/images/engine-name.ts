import { parseReference } from '@rebatch/model';

/** The name by which the engine is asked for an image: with a tag, so that it is never the beginning of an image's id. */
export function engineName(image: string): string {
  const reference = parseReference(image);
  if (reference === undefined || reference.tag !== undefined || reference.digest !== undefined) return image;
  return `${image}:latest`;
}
