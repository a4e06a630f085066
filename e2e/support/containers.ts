import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** Removes the containers whose attempts and machines a server kept below `dataDir`; the server must be down. */
export async function removeContainersOf(dataDir: string): Promise<void> {
  const attempts = await readdir(join(dataDir, 'attempts')).catch(() => []);
  for (const attempt of attempts) {
    await remove(['ps', '-aq', '--filter', `label=dev.rebatch.attempt=${attempt}`], ['rm', '-f']);
  }
  for (const node of await readdir(join(dataDir, 'nodes')).catch(() => [])) {
    const filter = `label=dev.rebatch.node=${node}`;
    const format = '{{.Label "dev.rebatch.cluster"}}';
    const [cluster] = await linesOf(['ps', '-a', '--filter', filter, '--format', format]);
    if (cluster === undefined) continue;
    const label = `label=dev.rebatch.cluster=${cluster}`;
    await remove(['ps', '-aq', '--filter', label], ['rm', '-f']);
    await remove(['network', 'ls', '-q', '--filter', label], ['network', 'rm']);
  }
}

async function remove(list: string[], command: string[]): Promise<void> {
  const ids = await linesOf(list);
  if (ids.length > 0) await run('docker', [...command, ...ids]);
}

async function linesOf(command: string[]): Promise<string[]> {
  const { stdout } = await run('docker', command);
  return stdout.split('\n').filter((line) => line !== '');
}
