import { join } from 'node:path';

/** Where executors that run programs on this host keep the folders of attempts, below the server's data folder. */
export function attemptsFolderOf(dataFolder: string): string {
  return join(dataFolder, 'attempts');
}
