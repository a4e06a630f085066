import { extname } from 'node:path';
import { exrLayer } from './exr-layer.ts';
import { readStart } from './read-start.ts';

/** In pixels, both ways. Smaller pictures stay as they are. */
const LARGEST = 256;

const RATIO = `min(1,${LARGEST}/max(iw,ih))`;
/** `area` takes all pixels of a larger picture into account. A line of a picture keeps its one pixel. */
const SHRINK = `scale=w='max(1,round(iw*${RATIO}))':h='max(1,round(ih*${RATIO}))':flags=area`;

/** The quality is of 2 (best) to 31; a picture has some 10 KB. */
const MAKE_JPEG = '-frames:v 1 -threads 1 -f image2pipe -c:v mjpeg -q:v 4 -vf'.split(' ').concat(SHRINK);

/**
 * ffmpeg's words for making a JPEG of each picture (absolute paths). The first goes to stdout, the others to file descriptors
 * 3, 4, …
 */
export async function ffmpegArguments(pictures: readonly string[]): Promise<string[]> {
  const inputs = await Promise.all(pictures.map(async (picture) => inputArguments(picture)));
  const outputs = pictures.map((_, index) => [
    '-map',
    `${index}:v`,
    ...MAKE_JPEG,
    `pipe:${descriptorOf(index)}`,
  ]);
  return ['-nostdin', '-hide_banner', '-loglevel', 'error', ...inputs.flat(), ...outputs.flat()];
}

/** Where the picture of that number comes out. */
export function descriptorOf(index: number): number {
  return index === 0 ? 1 : index + 2;
}

async function inputArguments(picture: string): Promise<string[]> {
  // A name such as `%d.png` is only a name.
  const named = ['-threads', '1', '-f', 'image2', '-pattern_type', 'none', '-i', picture];
  return [...(await decoderArguments(picture).catch(() => [])), ...named];
}

/** What ffmpeg does not find out by the file's ending. @throws Error for a file that cannot be read */
async function decoderArguments(picture: string): Promise<string[]> {
  const extension = extname(picture).toLowerCase();
  if (extension === '.exr') {
    const layer = await exrLayer(picture);
    // Light is linear in OpenEXR files; screens want sRGB's curve.
    return ['-apply_trc', 'iec61966_2_1', ...(layer === undefined ? [] : ['-layer', layer])];
  }
  // Blender 3.4.1 writes a JPEG for IRIZ, under the ending of IRIS (observed).
  const isJpeg = extension === '.rgb' && (await readStart(picture, 2)) === '\xff\xd8';
  return isJpeg ? ['-c:v', 'mjpeg'] : [];
}
