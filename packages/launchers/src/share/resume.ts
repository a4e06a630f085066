import { LaunchError } from '../launch-error.ts';
import type { RemoteTask } from '../task/remote-task.ts';
import { type FinishedPictures, localPictures, storedPictures } from './finished-pictures.ts';
import type { FrameSource } from './frame-source.ts';
import { ResumingSource } from './resuming-source.ts';
import type { SharedWork } from './share-frames.ts';

/**
 * The frames without those that are finished. `remote` undefined: finished is what lies on this machine. A picture counts when
 * it is newer than the scene, or no older than `since` (milliseconds since the epoch) where that is given.
 * @throws LaunchError where nobody knows the pictures' names
 */
export async function resume(
  { pictureOf, scene, skipped }: SharedWork,
  source: FrameSource,
  remote: RemoteTask | undefined,
  since?: number,
): Promise<FrameSource> {
  if (pictureOf === undefined) throw new LaunchError(2, '--resume needs to know the name of each picture');
  const pictures = remote === undefined ? localPictures : storedPictures(remote.store, remote.outputs);
  const changed =
    scene === undefined || since !== undefined ? undefined : await changeOf(scene, pictures, remote);
  // Newer than the scene: times of the store are whole seconds.
  const from = since ?? (changed === undefined ? 0 : changed + 1);
  return new ResumingSource(source, async (frame) => pictures.isThere(pictureOf(frame), from), skipped);
}

/** A scene that is part of the image is as old as its file says. */
async function changeOf(
  scene: string,
  pictures: FinishedPictures,
  remote: RemoteTask | undefined,
): Promise<number | undefined> {
  const known = await pictures.changedAt(scene, remote?.facts.inputs ?? []);
  return known ?? localPictures.changedAt(scene, []);
}
