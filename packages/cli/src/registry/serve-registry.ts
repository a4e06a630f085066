import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  areEqual,
  createRegistryApi,
  type Credentials,
  UploadFolder,
  type WritableRegistryFiles,
} from '@rebatch/registry';
import { CliError } from '../cli-error.ts';

export interface RegistryOptions {
  files: WritableRegistryFiles;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Absent: whoever reaches it may push and pull. */
  credentials?: Credentials;
  onError: (error: unknown) => void;
}

/**
 * Serves registry storage for `docker push` and `docker pull` until `ended`. Layers wait below the folder of temporary files
 * until they are whole. `ready` is told the address.
 *
 * @throws CliError when the port cannot be had
 */
export async function serveRegistry(
  options: RegistryOptions,
  ended: Promise<unknown>,
  ready: (address: string) => Promise<void>,
): Promise<void> {
  const { files, credentials } = options;
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-registry-'));
  const api = createRegistryApi({
    admits: (given) => credentials === undefined || (given !== undefined && areEqual(given, credentials)),
    place: (name) => ({ files, name }),
    catalog: files,
    push: { files, uploads: new UploadFolder(folder, Date.now) },
    onError: options.onError,
  });
  const server = createServer(api);
  // A large layer may take its time.
  server.requestTimeout = 0;
  try {
    await ready(`${options.host}:${await listen(server, options)}`);
    await ended;
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

async function listen(server: Server, { host, port }: RegistryOptions): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`cannot listen on ${host}:${port}: ${reason}`, { cause: error });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
