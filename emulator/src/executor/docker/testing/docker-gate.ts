import { rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A socket in front of the real daemon's that a test opens and shuts: a daemon that goes down, and comes back. */
export class DockerGate implements AsyncDisposable {
  readonly path: string;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** True when somebody speaks to the daemon through it. */
  get inUse(): boolean {
    return this.#sockets.size > 0;
  }

  async open(): Promise<void> {
    const server = createServer((client) => {
      const daemon = connect('/var/run/docker.sock');
      for (const socket of [client, daemon]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
      }
      client.on('close', () => daemon.destroy());
      client.pipe(daemon).pipe(client);
    });
    const listening = Promise.withResolvers<void>();
    server.listen(this.path, listening.resolve);
    await listening.promise;
    this.#server = server;
  }

  async shut(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await rm(this.path, { force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shut();
  }
}
