import type { RequestListener } from 'node:http';
import type { Endpoints } from './endpoints.ts';
import type { Logger } from './logger.ts';
import { pickByHost } from './pick-by-host.ts';
import { type Certificate, vendorCertificate } from './self-signed-certificate.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * `--vendor-hosts`: API and OSS on the ports that clients expect which cannot be pointed elsewhere. HTTPS needs a
 * certificate; where none can be made, HTTP alone is served, and the log says so.
 *
 * @throws StartError when a port cannot be had
 */
export async function listenAsVendor(
  listeners: { api: RequestListener; oss: RequestListener },
  { host, vendorPorts, dataFolder, region }: ServeOptions,
  log: Logger,
  endpoints: Endpoints,
): Promise<void> {
  if (vendorPorts === undefined) return;
  const listener = pickByHost(listeners);
  const open = async (port: number, tls?: Certificate): Promise<void> => {
    const endpoint = await endpoints.listen(listener, { host, port, ...(tls === undefined ? {} : { tls }) });
    log.info('listening under the names of the vendor', { url: endpoint.url });
  };
  await open(vendorPorts.http);
  const certificate = await certificateOrNone(dataFolder, region, log);
  if (certificate !== undefined) await open(vendorPorts.https, certificate);
}

async function certificateOrNone(
  dataFolder: string,
  region: string,
  log: Logger,
): Promise<Certificate | undefined> {
  try {
    return await vendorCertificate(dataFolder, region);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn('HTTPS is not served: no certificate can be made; put cert.pem and key.pem into DIR/tls', {
      reason,
    });
    return undefined;
  }
}
