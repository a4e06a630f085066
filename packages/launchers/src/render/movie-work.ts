import { splitFrames } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';
import { readInstance } from '../share/instance.ts';
import { ShareProgress } from '../share/share-progress.ts';
import { frameAnswer } from './frame-loop.ts';
import { expectedOutputs } from './outputs.ts';
import { preparePlace, type RenderPlan, type RenderWork } from './render-work.ts';

/**
 * A movie of the instance's equal piece, which Blender renders without asking for frames. Undefined for an instance too many.
 * @throws LaunchError for frames that make no movie, and for a sharing that movies cannot have
 */
export async function movieWork({
  options,
  frames,
  env,
  report,
}: RenderPlan): Promise<RenderWork | undefined> {
  const { claim, resume } = options.sharing;
  if (claim === 'on' || resume) {
    const option = resume ? '--resume' : '--claim on';
    throw new LaunchError(
      2,
      `${option} needs a picture for each frame; ${options.format.name} makes one movie`,
    );
  }
  const { instance, of } = readInstance(env);
  const piece = splitFrames(frames, of, instance);
  new ShareProgress({ piece, count: piece.length, instance, of }, report.line).begin();
  if (piece.length === 0) return undefined;
  let isToDo = true;
  return {
    ...(await preparePlace(options, expectedOutputs(piece, options.name, options.format))),
    owed: piece,
    trouble: undefined,
    async hasMore() {
      const wasToDo = isToDo;
      isToDo = false;
      return wasToDo;
    },
    answer: async () => frameAnswer(undefined),
  };
}
