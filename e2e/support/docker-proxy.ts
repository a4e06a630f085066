import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * A socket that leads to the real Docker daemon while it is open: closing it looks to a client exactly like a daemon
 * that went down, without touching the one that everybody else on this machine uses.
 */
export interface DockerProxy {
  readonly socketPath: string;
  down(): Promise<void>;
  /** Does nothing when it is open. */
  up(): Promise<void>;
}

export function dockerProxy(socketPath: string, daemon = '/var/run/docker.sock'): DockerProxy {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(daemon);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
      socket.on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  return {
    socketPath,
    async up() {
      if (server.listening) return;
      await rm(socketPath, { force: true });
      server.listen(socketPath);
      await once(server, 'listening');
    },
    async down() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
      await rm(socketPath, { force: true });
    },
  };
}
