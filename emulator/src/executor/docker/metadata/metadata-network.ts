import { connect } from 'node:net';
import type Docker from 'dockerode';
import { bridgeExists, ensureBridge } from '../networks/bridge.ts';

/** Where machines of the vendor look for what they are (spec/clients.md §3.1). */
export const METADATA_ADDRESS = '100.100.100.200';
export const METADATA_PORT = 80;

const NAME = 'rebatch-metadata';
/** Room for the address and nothing else. */
const SUBNET = '100.100.100.192/28';
/** A metadata server of the cloud that this host itself is in answers faster. */
const PROBE_MS = 500;

/**
 * Lets this host own the metadata address: as the gateway of a bridge that nobody is on. Containers of every network send
 * there by their default route, so that none needs a right or an interface for it.
 * @returns false when the host's own cloud answers there: the host needs that more
 */
export async function ensureMetadataNetwork(docker: Docker): Promise<boolean> {
  if (await bridgeExists(docker, NAME)) return true;
  if (await somebodyAnswers()) return false;
  await ensureBridge(docker, {
    name: NAME,
    labels: { 'dev.rebatch.network': NAME },
    subnet: { range: SUBNET, gateway: METADATA_ADDRESS },
  });
  return true;
}

function somebodyAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: METADATA_ADDRESS, port: METADATA_PORT });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PROBE_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
