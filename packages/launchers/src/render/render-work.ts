import type { FrameList } from '@rebatch/frames';
import type { RenderReport } from '../share/render-report.ts';
import { findScene } from './find-scene.ts';
import type { RenderOptions } from './options.ts';
import { OutputFolder } from './output-folder.ts';
import type { Outputs } from './outputs.ts';

/** What one instance renders: frames as they come, or a movie of its piece. */
export interface RenderWork extends RenderPlace {
  /** The frames that this instance answers for by now, in order. */
  readonly owed: readonly number[];
  /** Why frames stopped coming, if not because none are left. */
  readonly trouble: Error | undefined;
  /** Whether something is left to render. @throws StoreError */
  hasMore(): Promise<boolean>;
  /** What Blender is to render next (frame-loop.ts). */
  answer(): Promise<string>;
}

export interface RenderPlan {
  readonly options: RenderOptions;
  /** All frames of the task. */
  readonly frames: FrameList;
  readonly env: NodeJS.ProcessEnv;
  readonly report: RenderReport;
}

interface RenderPlace {
  /** Absolute. */
  readonly scene: string;
  readonly outputs: Outputs;
  readonly folder: OutputFolder;
}

/** Looks for the scene and makes the output folders. @throws LaunchError */
export async function preparePlace(options: RenderOptions, outputs: Outputs): Promise<RenderPlace> {
  const scene = await findScene(options.sceneDir, options.scene, '.blend');
  return { scene, outputs, folder: await OutputFolder.prepare(options.outputDir, outputs) };
}
