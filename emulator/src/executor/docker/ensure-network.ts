import type Docker from 'dockerode';
import { statusOf } from './docker-error.ts';

const LABEL = 'dev.rebatch.network';

/** Makes the bridge network that sandboxes are on unless it is there. Answers this host's address on it. */
export async function ensureNetwork(docker: Docker, name: string): Promise<string> {
  const found = await gatewayOf(docker, name);
  if (found !== undefined) return found;
  try {
    // CheckDuplicate: Docker would otherwise allow two networks of one name.
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: { [LABEL]: name },
    });
  } catch (error) {
    // Another server was faster.
    if (statusOf(error) !== 409) throw error;
  }
  const made = await gatewayOf(docker, name);
  if (made === undefined) throw new Error(`Docker's network "${name}" has no gateway address`);
  return made;
}

async function gatewayOf(docker: Docker, name: string): Promise<string | undefined> {
  try {
    const info = await docker.getNetwork(name).inspect();
    return info.IPAM?.Config?.[0]?.['Gateway'];
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
