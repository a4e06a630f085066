import { randomInt } from 'node:crypto';
import { type ServerOptions, type StartedServer, startServer } from './server.ts';

/** A server that clients find under the vendor's own names. */
export interface VendorServer {
  server: StartedServer;
  /** What a hosts file must say: address by name. */
  hosts: Record<string, string>;
}

/**
 * Starts `rebatch serve --vendor-hosts` on ports 80 and 443 of a loopback address that no other test has, so that any
 * number of them run side by side.
 *
 * @param buckets get a host name each, as clients that know the vendor's names only speak to them
 */
export async function startVendorServer(
  region: string,
  buckets: string[],
  options: ServerOptions = {},
): Promise<VendorServer> {
  const address = `127.${randomInt(1, 255)}.${randomInt(0, 255)}.${randomInt(1, 255)}`;
  const args = ['--host', address, '--region', region, '--vendor-hosts', ...(options.args ?? [])];
  const server = await startServer({ ...options, args });
  const oss = `oss-${region}.aliyuncs.com`;
  const names = [`batchcompute.${region}.aliyuncs.com`, oss, ...buckets.map((bucket) => `${bucket}.${oss}`)];
  return { server, hosts: Object.fromEntries(names.map((name) => [name, address])) };
}
