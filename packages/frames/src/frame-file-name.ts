/**
 * Endings that Blender takes for an image's and replaces by the format's own (observed with Blender 3.4.1: `####.png` with
 * JPEG gives 0007.jpg, `##.txt` with PNG gives 07.txt.png).
 */
const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  '.png',
  '.tga',
  '.bmp',
  '.jpg',
  '.jpeg',
  '.sgi',
  '.rgb',
  '.rgba',
  '.tif',
  '.tiff',
  '.tx',
  '.jp2',
  '.j2c',
  '.hdr',
  '.dds',
  '.dpx',
  '.cin',
  '.exr',
  '.psd',
  '.pdd',
  '.psb',
  '.webp',
]);

/** A format's second spelling, which Blender leaves as it is. */
const EQUAL_EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['.jpeg', '.jpg'],
  ['.tiff', '.tif'],
]);

/**
 * The name under which a frame is saved, as Blender makes it (spec/render.md §3): the last run of `#` in the file's own name
 * (not in its folders) becomes the zero-padded frame number; where none is, `####` is appended. -4 in `####` is `-0004`:
 * the sign takes no room.
 * @param pattern may hold folders: `test/test_###.png`
 * @param extension of the format, with its dot: `.png`; '' leaves the name as it is, as Blender does with `-x 0`
 */
export function frameFileName(pattern: string, frame: number, extension: string): string {
  const slash = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\')) + 1;
  const folder = pattern.slice(0, slash);
  const name = pattern.slice(slash);
  const numbered = /#/.test(name) ? name : `${name}####`;
  const end = numbered.lastIndexOf('#') + 1;
  let start = end;
  while (numbered.charAt(start - 1) === '#') start -= 1;
  const digits = String(Math.abs(frame)).padStart(end - start, '0');
  const number = frame < 0 ? `-${digits}` : digits;
  return folder + withExtension(numbered.slice(0, start) + number + numbered.slice(end), extension);
}

function withExtension(name: string, extension: string): string {
  if (extension === '') return name;
  const dot = name.lastIndexOf('.');
  const present = dot === -1 ? '' : name.slice(dot).toLowerCase();
  if (present === extension || EQUAL_EXTENSIONS.get(present) === extension) return name;
  return (IMAGE_EXTENSIONS.has(present) ? name.slice(0, dot) : name) + extension;
}
