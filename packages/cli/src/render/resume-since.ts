import { stat } from 'node:fs/promises';
import { type OssClient, OssError } from '@rebatch/client';
import { localFiles } from '../transfer/local-files.ts';
import type { RenderPlace } from './render-place.ts';
import type { RenderRequest } from './render-request.ts';

/**
 * From when on the pictures of an earlier render count, in milliseconds since the epoch: since the scene's last change on
 * this machine. Undefined while the store still has that render's copy of the scene, which tells it better.
 */
export async function resumeSince(
  oss: OssClient,
  { scenePath, sceneDir, sceneName }: RenderRequest,
  { bucket, input }: RenderPlace,
): Promise<number | undefined> {
  try {
    await oss.head(bucket, input + sceneName);
    return undefined;
  } catch (error) {
    if (!(error instanceof OssError && error.status === 404)) throw error;
  }
  const paths = sceneDir === undefined ? [scenePath] : (await localFiles(sceneDir)).map(({ path }) => path);
  const changes = await Promise.all(paths.map(async (path) => (await stat(path)).mtime.getTime()));
  return changes.reduce((latest, change) => Math.max(latest, change), 0);
}
