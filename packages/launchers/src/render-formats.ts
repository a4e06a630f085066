import { nearestName } from './nearest-name.ts';

/** What Blender's `-F` calls a format, and the file that comes of it. */
export interface RenderFormat {
  readonly name: string;
  /** With its dot. A movie that Blender names by its container (FFMPEG) has none of its own. */
  readonly extension: string;
  /** `frames`: a file per frame. `movie`: one file for a run of frames. */
  readonly kind: 'frames' | 'movie';
}

/** spec/render.md §3; the extensions were observed with Blender 3.4.1. */
const FORMATS: ReadonlyMap<string, RenderFormat> = new Map(
  (
    [
      ['TGA', '.tga', 'frames'],
      ['RAWTGA', '.tga', 'frames'],
      ['JPEG', '.jpg', 'frames'],
      ['IRIS', '.rgb', 'frames'],
      ['IRIZ', '.rgb', 'frames'],
      ['AVIRAW', '.avi', 'movie'],
      ['AVIJPEG', '.avi', 'movie'],
      ['PNG', '.png', 'frames'],
      ['BMP', '.bmp', 'frames'],
      ['WEBP', '.webp', 'frames'],
      ['OPEN_EXR', '.exr', 'frames'],
      ['OPEN_EXR_MULTILAYER', '.exr', 'frames'],
      ['TIFF', '.tif', 'frames'],
      ['HDR', '.hdr', 'frames'],
      ['JP2', '.jp2', 'frames'],
      ['DPX', '.dpx', 'frames'],
      ['FFMPEG', '', 'movie'],
    ] as const
  ).map(([name, extension, kind]) => [name, { name, extension, kind }]),
);

/** Names that people use instead of Blender's. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['JPG', 'JPEG'],
  ['EXR', 'OPEN_EXR'],
  ['TIF', 'TIFF'],
  ['TARGA', 'TGA'],
  ['MP4', 'FFMPEG'],
  ['MPEG', 'FFMPEG'],
  ['AVI', 'AVIJPEG'],
]);

export const RENDER_FORMATS: readonly RenderFormat[] = [...FORMATS.values()];

/** The format of that name, upper or lower case; undefined when Blender would not know it. */
export function formatNamed(name: string): RenderFormat | undefined {
  return FORMATS.get(name.toUpperCase());
}

/** One line that refuses a format name and says which was probably meant. */
export function unknownFormat(name: string): string {
  const meant = OTHER_NAMES.get(name.toUpperCase()) ?? nearestName(name, FORMATS.keys());
  const hint = meant === undefined ? `known are ${[...FORMATS.keys()].join(', ')}` : `did you mean ${meant}?`;
  return `unknown format ${JSON.stringify(name)}: ${hint}`;
}
