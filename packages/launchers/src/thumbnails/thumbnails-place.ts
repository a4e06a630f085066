import { join } from 'node:path';
import { mappedFolder } from '../task/remote-place.ts';
import { readTaskFacts } from '../task/task-facts.ts';

/** Where the small pictures of a task go. */
export interface ThumbnailsPlace {
  /** Absolute. */
  readonly folder: string;
  /** Of a frame, below the folder that is uploaded. */
  nameOf(frame: number): string;
  /** Of a frame on this machine. */
  pathOf(frame: number): string;
}

/**
 * Beside the claims of the task, in the folder that is uploaded, so that they go where its pictures go and are none of them. By
 * hand: in the output folder itself.
 */
export function thumbnailsPlace(env: NodeJS.ProcessEnv, outputDir: string): ThumbnailsPlace {
  const facts = readTaskFacts(env);
  const uploaded = facts && mappedFolder(facts.outputs, outputDir)?.path;
  const job = env['BATCH_COMPUTE_DAG_JOB_ID'] ?? '';
  const task = env['BATCH_COMPUTE_DAG_TASK_ID'] ?? '';
  const below = job === '' || task === '' ? '.rebatch/thumbnails/' : `.rebatch/${job}/thumbnails/${task}/`;
  const nameOf = (frame: number): string => `${below}${frame}.jpg`;
  return {
    folder: join(uploaded ?? outputDir, below),
    nameOf,
    pathOf: (frame) => join(uploaded ?? outputDir, nameOf(frame)),
  };
}
