import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** The first line to a server: somebody answers here. */
const GREETING = `${JSON.stringify('the mount daemon is here')}\n`;

/** Servers that use the daemon hold a connection to it; warnings go to them. */
export class Presence {
  readonly #path: string;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  get servers(): number {
    return this.#sockets.size;
  }

  async listen(): Promise<void> {
    await rm(this.#path, { force: true });
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      // Connecting alone tells nothing: a process that is dying may not have closed its socket yet.
      socket.write(GREETING);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      socket.resume();
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#path, resolve);
    });
  }

  /** One line to every server. */
  tell(warning: string): void {
    for (const socket of this.#sockets) socket.write(`${JSON.stringify(warning)}\n`);
  }

  close(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
