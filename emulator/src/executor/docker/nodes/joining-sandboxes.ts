import { SandboxError, type SandboxSpec } from '@rebatch/worker';
import type { ContainerHost } from '../container-options.ts';
import type { DockerConnection } from '../docker-connection.ts';
import { statusOf } from '../docker-error.ts';
import { DockerSandboxes } from '../docker-sandboxes.ts';
import { nodeContainerName } from './node-container.ts';

/** Containers that live on the network of a cluster's machine, under its name and address. */
export class JoiningSandboxes extends DockerSandboxes {
  readonly #connection: DockerConnection;
  readonly #node: string;

  constructor(connection: DockerConnection, host: ContainerHost, nodeId: string) {
    const network = `container:${nodeContainerName(nodeId)}`;
    super(connection, host, { of: async () => network, restore: async () => undefined });
    this.#connection = connection;
    this.#node = nodeContainerName(nodeId);
  }

  override async create(spec: SandboxSpec): Promise<void> {
    await super.create(spec).catch((error: unknown) => this.#explain(error));
  }

  override async start(attemptId: string): Promise<void> {
    await super.start(attemptId).catch((error: unknown) => this.#explain(error));
  }

  /** Whatever the engine says of a machine that is gone, that is the reason. */
  async #explain(error: unknown): Promise<never> {
    if (!(await this.#nodeRuns())) throw new SandboxError('gone', 'its node is gone', { cause: error });
    throw error;
  }

  async #nodeRuns(): Promise<boolean> {
    try {
      const { State } = await this.#connection.call((docker) => docker.getContainer(this.#node).inspect());
      return State.Running;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }
}
