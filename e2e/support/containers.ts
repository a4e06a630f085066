import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/**
 * Removes the containers and networks of a server that kept its data below `dataDir`; the server must be down. Its label on
 * them is made of that folder (docs/operations.md).
 */
export async function removeContainersOf(dataDir: string): Promise<void> {
  const attempts = await realpath(join(dataDir, 'attempts')).catch(() => undefined);
  // A server without Docker has none.
  if (attempts === undefined) return;
  const label = `label=dev.rebatch.data=${createHash('sha256').update(attempts).digest('hex').slice(0, 16)}`;
  await remove(['ps', '-aq', '--filter', label], ['rm', '-f', '-v']);
  await remove(['network', 'ls', '-q', '--filter', label], ['network', 'rm']);
}

async function remove(list: string[], command: string[]): Promise<void> {
  const { stdout } = await run('docker', list);
  const ids = stdout.split('\n').filter((line) => line !== '');
  if (ids.length > 0) await run('docker', [...command, ...ids]);
}
