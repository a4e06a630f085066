import type Docker from 'dockerode';
import type { NetworkInspectInfo } from 'dockerode';
import { statusOf } from './docker-error.ts';
import { firstHost } from './first-host.ts';

const LABEL = 'dev.rebatch.network';
/** Made where Docker runs without its own bridge. */
const OWN_NETWORK = 'rebatch';

export interface SandboxNetwork {
  name: string;
  /** This host's address on it. */
  gatewayAddress: string;
}

/**
 * The bridge network of the sandboxes. Without a wish it is Docker's own: a network of one's own brings a name server
 * that single tasks have no use for and that costs each container some 50 ms (Docker 20.10, two cores).
 */
export async function sandboxNetwork(docker: Docker, wanted: string | undefined): Promise<SandboxNetwork> {
  const name = wanted ?? 'bridge';
  const found = await inspect(docker, name);
  if (found !== undefined) return found;
  return makeNetwork(docker, wanted ?? OWN_NETWORK);
}

async function makeNetwork(docker: Docker, name: string): Promise<SandboxNetwork> {
  try {
    // CheckDuplicate: Docker would otherwise allow two networks of one name.
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: { [LABEL]: name },
    });
  } catch (error) {
    // Another server was faster, or an earlier start of this one.
    if (statusOf(error) !== 409) throw error;
  }
  const made = await inspect(docker, name);
  if (made === undefined) throw new Error(`Docker's network "${name}" has no IPv4 address for this host`);
  return made;
}

async function inspect(docker: Docker, name: string): Promise<SandboxNetwork | undefined> {
  try {
    const gatewayAddress = gatewayOf(await docker.getNetwork(name).inspect());
    return gatewayAddress === undefined ? undefined : { name, gatewayAddress };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Docker leaves the gateway of its own bridge out; it is the first address then. */
function gatewayOf(info: NetworkInspectInfo): string | undefined {
  for (const config of info.IPAM?.Config ?? []) {
    const address = config['Gateway'] ?? firstHost(config['Subnet'] ?? '');
    if (address !== undefined && !address.includes(':')) return address;
  }
  return undefined;
}
