import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/**
 * Names a server's data in the label `dev.rebatch.data` of all that it makes in Docker, so that several servers can share a
 * daemon. `attemptsFolder`: must exist. 16 hexadecimal digits.
 */
export async function dataIdOf(attemptsFolder: string): Promise<string> {
  const path = await realpath(attemptsFolder);
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
