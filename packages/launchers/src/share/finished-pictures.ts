import { stat } from 'node:fs/promises';
import type { ObjectStore } from '../store/object-store.ts';
import { type MappedFolder, placeIn, placeOf, type RemotePlace } from '../task/remote-place.ts';
import type { FolderMapping } from '../task/task-facts.ts';

/** Tells of pictures that are there already, by paths as the program would write them. */
export interface FinishedPictures {
  /** Whether there is a picture, not empty, that was written at `since` or later (milliseconds since the epoch). */
  isThere(path: string, since: number): Promise<boolean>;
  /** When a file was last changed, by the clock that times pictures; undefined when that cannot be known. */
  changedAt(path: string, inputs: readonly FolderMapping[]): Promise<number | undefined>;
}

/** Pictures in the object store, where all instances and earlier jobs leave theirs. */
export function storedPictures(store: ObjectStore, outputs: MappedFolder): FinishedPictures {
  const find = async (place: RemotePlace | undefined) => place && store.find(place);
  return {
    async isThere(path, since) {
      const picture = await find(placeIn(outputs, path));
      return picture !== undefined && picture.size > 0 && picture.lastModified >= since;
    },
    async changedAt(path, inputs) {
      return (await find(placeOf(inputs, path)))?.lastModified;
    },
  };
}

/** Pictures on this machine: for a launcher that is run by hand. */
export const localPictures: FinishedPictures = {
  async isThere(path, since) {
    const picture = await stat(path).catch(() => undefined);
    return picture !== undefined && picture.size > 0 && picture.mtimeMs >= since;
  },
  async changedAt(path) {
    return (await stat(path).catch(() => undefined))?.mtimeMs;
  },
};
