import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** Removes the containers whose attempts a server kept below `dataDir`; the server must be down. */
export async function removeContainersOf(dataDir: string): Promise<void> {
  const attempts = await readdir(join(dataDir, 'attempts')).catch(() => []);
  for (const attempt of attempts) {
    const found = await run('docker', ['ps', '-aq', '--filter', `label=dev.rebatch.attempt=${attempt}`]);
    const ids = found.stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await run('docker', ['rm', '-f', ...ids]);
  }
}
