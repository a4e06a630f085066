import { frameFileName } from '@rebatch/frames';
import type { RenderRequest } from './render-request.ts';

/** Frames of the request whose picture is not among `files` (names below the output folder). A movie is one file for all. */
export function missingFrames(request: RenderRequest, files: readonly string[]): number[] {
  if (request.format.kind === 'movie') return files.length === 0 ? [...request.frames] : [];
  const present = new Set(files);
  return request.frames.filter(
    (frame) => !present.has(frameFileName(request.namePattern, frame, request.format.extension)),
  );
}
