import type Docker from 'dockerode';
import type { NetworkInspectInfo } from 'dockerode';
import { statusOf } from '../docker-error.ts';
import { firstHost } from '../first-host.ts';
import { ensureBridge } from './bridge.ts';

/** Docker's own. */
const DEFAULT_BRIDGE = 'bridge';
/** Made where Docker runs without its own bridge. */
const OWN_BRIDGE = 'rebatch';

/** The network of sandboxes that need not be kept apart. */
export interface SharedNetwork {
  name: string;
  /** This host's address on it, which sandboxes of every network of this host reach. */
  gatewayAddress: string;
}

/**
 * The shared network; can be repeated. It is Docker's own bridge where there is one: any other brings a name server that single
 * tasks have no use for and that costs each container some 50 ms (Docker 20.10, two cores).
 */
export async function ensureSharedNetwork(docker: Docker): Promise<SharedNetwork> {
  const found = await inspect(docker, DEFAULT_BRIDGE);
  if (found !== undefined) return found;
  await ensureBridge(docker, { name: OWN_BRIDGE, labels: { 'dev.rebatch.network': OWN_BRIDGE } });
  const made = await inspect(docker, OWN_BRIDGE);
  if (made === undefined)
    throw new Error(`Docker's network "${OWN_BRIDGE}" has no IPv4 address for this host`);
  return made;
}

async function inspect(docker: Docker, name: string): Promise<SharedNetwork | undefined> {
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
