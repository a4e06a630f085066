import { join } from 'node:path';
import { GenericContainer } from 'testcontainers';
import { ROOT } from './paths.ts';
import type { RunResult } from './run.ts';

export interface ClientContainerOptions {
  image: string;
  /** Appears as /case, where programs run. */
  folder: string;
  env?: Record<string, string>;
  /** Lines of the hosts file: address by name. */
  hosts?: Record<string, string>;
}

/** Somebody's own machine with a client on it, on the host's network. */
export interface ClientContainer {
  /** Runs a program to its end; never throws for an exit code. */
  run(command: string[], env?: Record<string, string>): Promise<RunResult>;
  stop(): Promise<void>;
}

/** Starts it with `e2e/clients` as /clients. */
export async function startClientContainer(options: ClientContainerOptions): Promise<ClientContainer> {
  const hosts = Object.entries(options.hosts ?? {});
  const container = await new GenericContainer(options.image)
    .withNetworkMode('host')
    .withEnvironment(options.env ?? {})
    .withExtraHosts(hosts.map(([host, ipAddress]) => ({ host, ipAddress })))
    .withBindMounts([
      { source: join(ROOT, 'e2e/clients'), target: '/clients', mode: 'ro' },
      { source: options.folder, target: '/case', mode: 'rw' },
    ])
    .withCommand(['sleep', 'infinity'])
    .start();
  return {
    async run(command, env = {}) {
      const done = await container.exec(command, { workingDir: '/case', env });
      return { code: done.exitCode, stdout: done.stdout, stderr: done.stderr };
    },
    async stop() {
      await container.stop({ timeout: 0 });
    },
  };
}
