import { open, readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LaunchError } from '../launch-error.ts';

/**
 * The scene's absolute path. `extension`: of scenes, such as `.blend`.
 * @throws LaunchError when there is no such file or it cannot be opened; names the scenes that are there instead
 */
export async function findScene(sceneDir: string, scene: string, extension: string): Promise<string> {
  const path = resolve(sceneDir, scene);
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
    if (!isFolder) await (await open(path, 'r')).close();
  } catch (error) {
    if (isNotFound(error))
      throw new LaunchError(1, `scene not found: ${path}${await neighbours(path, extension)}`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(1, `scene cannot be opened: ${path}: ${reason}`, { cause: error });
  }
  if (isFolder)
    throw new LaunchError(
      1,
      `the scene is a folder: ${path}${await neighbours(resolve(path, 'x'), extension)}`,
    );
  return path;
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function neighbours(path: string, extension: string): Promise<string> {
  const folder = dirname(path);
  try {
    const scenes = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith(extension));
    if (scenes.length === 0) return ` (${folder} holds no ${extension} file)`;
    return ` (${folder} holds ${scenes.slice(0, 5).join(', ')}${scenes.length > 5 ? ', …' : ''})`;
  } catch {
    return ` (there is no folder ${folder} either)`;
  }
}
