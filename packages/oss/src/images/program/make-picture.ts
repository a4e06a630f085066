import { readFile, writeFile } from 'node:fs/promises';
import type { ImageAction } from '../image-action.ts';
import type { ImageAnswer, ImageJob } from '../image-job.ts';
import { applyAction, type PixelAction } from './apply-action.ts';
import { describeImage } from './describe-image.ts';
import { encodePicture, encodingOf } from './encode-picture.ts';
import { CONTENT_TYPES } from './image-format.ts';
import { inspectSource, type SourceImage } from './inspect-source.ts';
import type { SharpLibrary } from './load-sharp.ts';
import { orient } from './orient.ts';
import { openPicture, type Picture } from './picture.ts';

type Made = Extract<ImageAnswer, { kind: 'made' }>;

/**
 * Does a job. A picture that no action changes is the source itself, byte for byte.
 * @throws ImageProblemError; Error when a file cannot be read or written (with a `code`), or the source is broken
 */
export async function makePicture(sharp: SharpLibrary, job: Omit<ImageJob, 'limits'>): Promise<Made> {
  const { target, actions } = job;
  const source = await inspectSource(sharp, await readFile(job.source));
  if (actions.some(({ kind }) => kind === 'info')) {
    await writeFile(target, JSON.stringify(describeImage(source)));
    return { kind: 'made', contentType: 'application/json', path: target };
  }
  const encoding = encodingOf(source, actions);
  const opened = openPicture(sharp, source, isAnimationKept(source, actions));
  const picture = await draw(sharp, source, opened, actions);
  const isRewritten = actions.some(({ kind }) => WRITING.includes(kind));
  if (picture === opened && !isRewritten && encoding.format === source.format) {
    return { kind: 'made', contentType: CONTENT_TYPES[source.format], path: job.source };
  }
  await writeFile(target, await encodePicture(picture, encoding));
  return { kind: 'made', contentType: CONTENT_TYPES[encoding.format], path: target };
}

const WRITING: readonly ImageAction['kind'][] = ['quality', 'interlace'];

/** One action after the other. A picture that nobody says anything about is turned upright first, as the vendor does. */
async function draw(
  sharp: SharpLibrary,
  source: SourceImage,
  opened: Picture,
  actions: readonly ImageAction[],
): Promise<Picture> {
  let isUpright = !actions.some(({ kind }) => kind === 'auto-orient');
  let picture = isUpright ? await orient(sharp, opened, source.orientation) : opened;
  for (const action of actions) {
    if (action.kind === 'auto-orient') {
      if (action.on && !isUpright) picture = await orient(sharp, picture, source.orientation);
      isUpright ||= action.on;
    } else if (isPixelAction(action)) {
      picture = await applyAction(sharp, picture, action);
    }
  }
  return picture;
}

function isPixelAction(action: ImageAction): action is PixelAction {
  return !['format', 'quality', 'interlace', 'info', 'auto-orient'].includes(action.kind);
}

/** A GIF stays an animation when it is only resized, and not by percents; after anything else it is its first frame. */
function isAnimationKept(source: SourceImage, actions: readonly ImageAction[]): boolean {
  return (
    source.format === 'gif' &&
    actions.every(
      (action) =>
        (action.kind === 'resize' && action.percent === undefined) ||
        (action.kind === 'format' && action.format === 'gif'),
    ) &&
    actions.filter(({ kind }) => kind === 'resize').length <= 1
  );
}
