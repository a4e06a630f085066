import { join, resolve } from 'node:path';
import { frameFileName } from '@rebatch/frames';
import { beginShare } from '../share/begin-share.ts';
import { FrameQueue } from '../share/frame-queue.ts';
import { frameAnswer } from './frame-loop.ts';
import { expectedOutputs } from './outputs.ts';
import { preparePlace, type RenderPlan, type RenderWork } from './render-work.ts';

/**
 * Frames that the instance takes as Blender asks for them. Undefined for an instance too many.
 * @throws LaunchError
 */
export async function frameWork({
  options,
  frames,
  env,
  report,
}: RenderPlan): Promise<RenderWork | undefined> {
  const { outputDir } = options;
  const fileOf = (frame: number): string => frameFileName(options.name, frame, options.format.extension);
  const { share, progress } = await beginShare({
    frames,
    options: options.sharing,
    outputDir,
    fileOf,
    scene: resolve(options.sceneDir, options.scene),
    env,
    report,
  });
  if (share.count === 0) return undefined;
  const outputs = expectedOutputs(share.piece ?? frames, options.name, options.format);
  const place = await preparePlace(options, outputs);
  const queue = new FrameQueue(
    share.source,
    async (frame) => place.folder.isWritten(frame),
    (count) => progress.took(count),
  );
  let trouble: Error | undefined;
  return {
    ...place,
    get owed() {
      return queue.owed;
    },
    get trouble() {
      return trouble;
    },
    hasMore: async () => queue.hasMore(),
    async answer() {
      try {
        const frame = await queue.next();
        return frameAnswer(frame === undefined ? undefined : { frame, path: join(outputDir, fileOf(frame)) });
      } catch (error) {
        trouble = error instanceof Error ? error : new Error(String(error));
        return frameAnswer(undefined);
      }
    },
  };
}
