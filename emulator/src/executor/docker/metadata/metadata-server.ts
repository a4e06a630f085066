import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock, Timer } from '@rebatch/model';
import type { DockerConnection } from '../docker-connection.ts';
import { LABEL_METADATA, LABEL_NODE, type NodeMetadata } from '../nodes/node-container.ts';
import { metadataAnswer } from './metadata-answer.ts';
import { ensureMetadataNetwork, METADATA_ADDRESS, METADATA_PORT } from './metadata-network.ts';

/** Another server of this host may have the address, and may end. */
const AGAIN_MS = 2000;
const REQUEST_MS = 5000;

/**
 * Answers machines at the metadata address. All servers of a host share it: whoever has it answers for the machines of all,
 * by what their containers' labels say, and when it ends another takes over.
 */
export class MetadataServer {
  readonly #connection: DockerConnection;
  readonly #clock: Clock;
  #server: Server | undefined;
  #retry: Timer | undefined;
  #wanted = false;
  #closed = false;

  constructor(connection: DockerConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Starts to answer, once; can be repeated. */
  open(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#try();
  }

  close(): void {
    this.#closed = true;
    this.#retry?.cancel();
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #try(): Promise<void> {
    try {
      if (!(await this.#connection.call((docker) => ensureMetadataNetwork(docker)))) return;
      await this.#listen();
    } catch {
      if (!this.#closed) this.#retry = this.#clock.after(AGAIN_MS, () => void this.#try());
    }
  }

  async #listen(): Promise<void> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    server.requestTimeout = REQUEST_MS;
    const listening = Promise.withResolvers<void>();
    server.once('error', listening.reject);
    server.listen({ host: METADATA_ADDRESS, port: METADATA_PORT }, listening.resolve);
    await listening.promise;
    this.#server = server;
    if (this.#closed) this.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const node = await this.#machineAt(request.socket.remoteAddress ?? '');
    const { pathname } = new URL(request.url ?? '/', 'http://metadata');
    const text = node && request.method === 'GET' ? metadataAnswer(node, decode(pathname)) : undefined;
    response.writeHead(text === undefined ? 404 : 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(text ?? '');
  }

  /** By the address that the request came from, which a container cannot choose. */
  async #machineAt(address: string): Promise<NodeMetadata | undefined> {
    const containers = await this.#connection.call((docker) =>
      docker.listContainers({ filters: { label: [LABEL_NODE] } }),
    );
    const asking = containers.find(({ NetworkSettings: { Networks: networks } }) =>
      Object.values(networks).some(({ IPAddress: ip }) => ip === address),
    );
    const label = asking?.Labels[LABEL_METADATA];
    if (label === undefined) return undefined;
    // Written by node-container.ts from this very type.
    const metadata: NodeMetadata = JSON.parse(label);
    return metadata;
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
