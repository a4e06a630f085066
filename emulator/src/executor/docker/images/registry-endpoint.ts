import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { areEqual, createRegistryApi, type Credentials, type RegistryFiles } from '@rebatch/registry';

/** Leave to pull from one repository, until it is taken back. */
export interface Grant {
  /** Name of the repository for the engine: `127.0.0.1:PORT/…`, without tag or digest. */
  repository: string;
  credentials: Credentials;
  revoke(): void;
}

interface Granted {
  files: RegistryFiles;
  name: string;
  credentials: Credentials;
}

const LOOPBACK = '127.0.0.1';

/**
 * A registry on this host's loopback, where the Docker daemon may speak HTTP, that serves storage from the object store.
 * Tasks can have the daemon pull from there, too; so nothing is served without a password of one pull's own.
 */
export class RegistryEndpoint {
  readonly #grants = new Map<string, Granted>();
  readonly #onError: (error: unknown) => void;
  #server: Promise<Server> | undefined;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Opens the endpoint when this is the first. */
  async grant(files: RegistryFiles, name: string): Promise<Grant> {
    this.#server ??= this.#listen();
    const port = portOf(await this.#server);
    const id = randomBytes(8).toString('hex');
    const credentials = { user: id, password: randomBytes(24).toString('hex') };
    this.#grants.set(id, { files, name, credentials });
    return {
      repository: `${LOOPBACK}:${port}/${id}/${name}`,
      credentials,
      revoke: () => void this.#grants.delete(id),
    };
  }

  async close(): Promise<void> {
    const server = await this.#server?.catch(() => undefined);
    server?.closeAllConnections();
    server?.close();
  }

  #granted(credentials: Credentials | undefined): Granted | undefined {
    const granted = credentials && this.#grants.get(credentials.user);
    return granted && areEqual(credentials, granted.credentials) ? granted : undefined;
  }

  async #listen(): Promise<Server> {
    const api = createRegistryApi({
      admits: (credentials) => this.#granted(credentials) !== undefined,
      place: (name, credentials) => {
        const granted = this.#granted(credentials);
        return granted && name === `${credentials?.user}/${granted.name}` ? granted : undefined;
      },
      onError: this.#onError,
    });
    const server = createServer(api);
    // Only pulls keep it, and they are the server's own.
    server.unref();
    server.listen({ host: LOOPBACK, port: 0 });
    await once(server, 'listening');
    return server;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
