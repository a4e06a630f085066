import type { Readable } from 'node:stream';
import type { AttemptSpec } from '../attempt.ts';

/** Gets images to where sandboxes are made. */
export interface AttemptImages {
  /**
   * Hands what an image that is there has in the folder `path` to `read`, as a tar stream; does nothing when it has no such
   * folder. `image`: the engine's name for it.
   */
  readFolder(image: string, path: string, read: (tar: Readable) => Promise<void>): Promise<void>;
  /**
   * The name by which the engine has an attempt's image, or would have it; brings it before if that can be done. Buckets of
   * the attempt were checked. `progress`: told from time to time what is done, as one clause.
   *
   * @throws AttemptFailure when the image cannot be had
   */
  provide(
    wanted: Pick<AttemptSpec, 'owner' | 'image' | 'registryUrl'>,
    progress?: (what: string) => void,
  ): Promise<string>;
  /** Whose programs are in an image that is there: its label dev.rebatch.platform tells. */
  platformOf(image: string): Promise<'linux' | 'windows'>;
}
