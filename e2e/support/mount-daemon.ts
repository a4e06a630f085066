import { readFile, realpath } from 'node:fs/promises';
import { mountPaths } from '@rebatch/mount';

/** Process ids of a server's mount daemon, the active one first; none when it does not run. */
export async function mountDaemonPids(dataDir: string): Promise<number[]> {
  const { daemonFile } = mountPaths(await realpath(dataDir));
  const json = await readFile(daemonFile, 'utf8').catch(() => '[]');
  return JSON.parse(json);
}

/** Mount points of this machine that a server made for attempts or as file systems of its own. */
export async function mountsOf(dataDir: string): Promise<{ attempts: string[]; all: string[] }> {
  const { run } = mountPaths(dataDir);
  const points = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  const below = (folder: string): string[] => points.filter((point) => point.startsWith(`${folder}/`));
  return { attempts: below(`${dataDir}/attempts`), all: [...below(dataDir), ...below(run)] };
}
