import { open } from 'node:fs/promises';

/** A new name in a folder is only durable after the folder itself was synced. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
