import type Docker from 'dockerode';
import { daemonMessage, statusOf } from '../docker-error.ts';
import { spareSubnets } from './spare-subnets.ts';

export interface BridgeOptions {
  name: string;
  labels: Record<string, string>;
  /** Absent: the engine finds a subnet. */
  subnet?: { range: string; gateway: string };
}

/**
 * Makes a bridge network when it is not there. Can be repeated. An engine has subnets for some 31 networks of its own finding
 * (Docker 20.10); further ones get a small subnet of ours.
 */
export async function ensureBridge(docker: Docker, options: BridgeOptions): Promise<void> {
  if (await bridgeExists(docker, options.name)) return;
  const { subnet } = options;
  try {
    if (subnet === undefined) await createBridge(docker, options);
    else await createBridge(docker, options, { Subnet: subnet.range, Gateway: subnet.gateway });
  } catch (error) {
    if (!isOutOfSubnets(error)) throw error;
    await createInSpareSubnet(docker, options, error);
  }
}

export async function bridgeExists(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getNetwork(name).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** Removes the network unless a running container is on it. Can be repeated. */
export async function removeBridge(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getNetwork(name).remove();
  } catch (error) {
    // 403: in use.
    if (![403, 404, 409].includes(statusOf(error) ?? 0)) throw error;
  }
}

async function createBridge(
  docker: Docker,
  { name, labels }: BridgeOptions,
  config?: { Subnet: string; Gateway?: string },
): Promise<void> {
  try {
    // CheckDuplicate: Docker would otherwise allow two networks of one name.
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: labels,
      ...(config === undefined ? {} : { IPAM: { Driver: 'default', Config: [config] } }),
    });
  } catch (error) {
    // Somebody else was faster, or an earlier start of this server.
    if (statusOf(error) !== 409) throw error;
  }
}

/** @throws `outOfSubnets` when there is none left here, either */
async function createInSpareSubnet(
  docker: Docker,
  options: BridgeOptions,
  outOfSubnets: unknown,
): Promise<void> {
  const networks = await docker.listNetworks();
  const taken = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).map((config) => config['Subnet']));
  for (const range of spareSubnets(taken)) {
    try {
      await createBridge(docker, options, { Subnet: range });
      return;
    } catch (error) {
      // Another network took it just now, or has it in a larger one.
      if (statusOf(error) !== 403) throw error;
    }
  }
  throw outOfSubnets;
}

function isOutOfSubnets(error: unknown): boolean {
  return /non-overlapping IPv4 address pool/.test(daemonMessage(error));
}
