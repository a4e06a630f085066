import { dirname, join } from 'node:path';
import type { RenderRequest } from './render-request.ts';
import { ImageProgramError, runInImage } from './run-in-image.ts';

export interface PicturePlan {
  image: string;
  contactSheet: boolean;
  movie: boolean;
}

/** What came of it: paths, and for what could not be made a reason. */
export interface Pictures {
  contactSheet?: string;
  movie?: string;
  troubles: string[];
}

/** Makes a contact sheet and a movie of the frames, next to them, with the image's own programs. */
export async function makePictures(
  request: RenderRequest,
  plan: PicturePlan,
  signal: AbortSignal,
): Promise<Pictures> {
  const pictures: Pictures = { troubles: [] };
  if (request.format.kind === 'movie') return pictures;
  // A name such as shot/#### puts the frames into a folder of their own.
  const folder = join(request.outputDir, dirname(request.namePattern));
  const make = async (name: string, program: string) => {
    try {
      await runInImage(plan.image, folder, [program, '/frames', `/frames/${name}`], signal);
      return join(folder, name);
    } catch (error) {
      if (!(error instanceof ImageProgramError)) throw error;
      pictures.troubles.push(`no ${name}: ${error.message}`);
      return undefined;
    }
  };
  const sheet = plan.contactSheet ? await make('contact-sheet.png', 'contact-sheet') : undefined;
  if (sheet !== undefined) pictures.contactSheet = sheet;
  const movie = plan.movie ? await make('movie.mp4', 'movie') : undefined;
  if (movie !== undefined) pictures.movie = movie;
  return pictures;
}
