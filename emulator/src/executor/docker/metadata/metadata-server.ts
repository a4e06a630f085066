import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock, Timer } from '@rebatch/model';
import { KEY_FILE, LOG_FOLDER_INSIDE, readKeyFile, type TaskKey } from '@rebatch/worker';
import type { ContainerInfo } from 'dockerode';
import { LABEL_DATA } from '../container-options.ts';
import type { DockerConnection } from '../docker-connection.ts';
import { LABEL_METADATA, type NodeMetadata } from '../nodes/node-container.ts';
import { runInContainer } from '../nodes/run-in-container.ts';
import { credentialsAnswer, isCredentialsPath } from './credentials-answer.ts';
import { metadataAnswer } from './metadata-answer.ts';
import { ensureMetadataNetwork, METADATA_ADDRESS, METADATA_PORT } from './metadata-network.ts';

/** Another server of this host may have the address, and may end. */
const AGAIN_MS = 2000;
const REQUEST_MS = 5000;

/** Any image has a shell that can do this; some have no `cat`. */
const TELL_KEY = `while read -r line; do echo "$line"; done <${LOG_FOLDER_INSIDE}/${KEY_FILE}`;

/**
 * Answers machines and tasks at the metadata address. All servers of a host share it: whoever has it answers for the
 * containers of all, by what their labels say and, for a task's key, by what lies in them, and when it ends another takes over.
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

  async #answer({ method, url, socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(url ?? '/', 'http://metadata');
    const address = socket.remoteAddress ?? '';
    const text = method === 'GET' ? await this.#textAt(decode(pathname), address) : undefined;
    response.writeHead(text === undefined ? 404 : 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(text ?? '');
  }

  /** By the address that the request came from, which a container cannot choose. */
  async #textAt(path: string, address: string): Promise<string | undefined> {
    const containers = await this.#connection.call((docker) =>
      docker.listContainers({ filters: { label: [LABEL_DATA] } }),
    );
    const asking = containers.find(({ NetworkSettings: { Networks: networks } }) =>
      Object.values(networks).some(({ IPAddress: ip }) => ip === address),
    );
    if (asking === undefined) return undefined;
    if (!isCredentialsPath(path)) return metadataOf(asking, path);
    // A task that joined a machine's network has the machine's address.
    const joined = containers.find(
      ({ HostConfig: { NetworkMode } }) => NetworkMode === `container:${asking.Id}`,
    );
    const key = await this.#keyIn(joined ?? asking);
    return key && credentialsAnswer(path, key, this.#clock.now());
  }

  async #keyIn({ Id: id }: ContainerInfo): Promise<TaskKey | undefined> {
    const { output } = await this.#connection.call((docker) =>
      runInContainer(docker.getContainer(id), ['/bin/sh', '-c', TELL_KEY]),
    );
    return readKeyFile(output);
  }
}

function metadataOf({ Labels: labels }: ContainerInfo, path: string): string | undefined {
  const label = labels[LABEL_METADATA];
  if (label === undefined) return undefined;
  // Written by node-container.ts from this very type.
  const metadata: NodeMetadata = JSON.parse(label);
  return metadataAnswer(metadata, path);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
