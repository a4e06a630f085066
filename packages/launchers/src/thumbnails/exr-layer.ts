import { readStart } from './read-start.ts';

/** Names of channels come early; Blender's headers with a dozen passes have 3 KB. */
const HEADER_BYTES = 64 * 1024;

/**
 * The layer of an OpenEXR file that holds the picture: what stands before `.R` in the name of a channel, of Blender's many
 * passes the combined one (`ViewLayer.Combined`). Undefined when the picture is not in a layer, or the file is no OpenEXR.
 * @throws Error for a file that cannot be read
 */
export async function exrLayer(path: string): Promise<string | undefined> {
  const header = await readStart(path, HEADER_BYTES);
  if (/\0R\0/.test(header)) return undefined;
  // Each channel begins with its name, which ends in a zero byte, as does what comes before it.
  const names = [...header.matchAll(/\0([^\0]{1,255})\.R\0/g)].map(([, layer]) => layer);
  return names.find((name) => name?.endsWith('.Combined')) ?? names[0];
}
