import type { SharpLibrary } from './load-sharp.ts';
import { type Picture, settled, touched } from './picture.ts';

/** What brings a picture of an EXIF orientation upright: degrees clockwise, then mirrored left to right or not. */
const WAYS: readonly (readonly [degrees: number, isMirrored: boolean])[] = [
  [0, false],
  [0, true],
  [180, false],
  [180, true],
  [90, true],
  [90, false],
  [270, true],
  [270, false],
];

/** The picture as its orientation, 1 to 8, says that it is to be seen. */
export async function orient(sharp: SharpLibrary, before: Picture, orientation: number): Promise<Picture> {
  const [degrees, isMirrored] = WAYS[orientation - 1] ?? [0, false];
  if (degrees === 0 && !isMirrored) {
    return before;
  }
  const { width, height } = before;
  const size = degrees % 180 === 0 ? { width, height } : { width: height, height: width };
  if (before.isSource) {
    // The library does this before whatever comes next, and can still read the source at a smaller scale.
    return { pipeline: before.pipeline.autoOrient(), ...size, hasOperation: false, isSource: false };
  }
  const turned = touched((await settled(sharp, before)).pipeline.rotate(degrees), size);
  return isMirrored ? touched((await settled(sharp, turned)).pipeline.flop(), size) : turned;
}
