import type { Readable } from 'node:stream';
import {
  AttemptFailure,
  type SandboxEnd,
  type Sandboxes,
  type SandboxSpec,
  type SandboxState,
} from '@rebatch/worker';
import type Docker from 'dockerode';
import {
  type ContainerHost,
  containerName,
  containerOptions,
  LABEL_ACCOUNT,
  LABEL_DATA,
} from './container-options.ts';
import { containerState } from './container-state.ts';
import type { DockerConnection } from './docker-connection.ts';
import { daemonMessage, endedWhileStarting, sandboxErrorOf, statusOf } from './docker-error.ts';
import { noImage } from './images/no-image.ts';
import type { SandboxNetworks } from './networks/sandbox-networks.ts';
import { openArchive } from './open-archive.ts';

const NOT_FOUND = 404;
const CONFLICT = 409;
/** Asks every process but the init and the one that asks. */
const TERMINATE = ['/bin/sh', '-c', 'kill -s TERM -- -1'];

/** Sandboxes as Docker containers. */
export class DockerSandboxes implements Sandboxes {
  readonly #connection: DockerConnection;
  readonly #host: ContainerHost;
  readonly #networks: SandboxNetworks;

  constructor(connection: DockerConnection, host: ContainerHost, networks: SandboxNetworks) {
    this.#connection = connection;
    this.#host = host;
    this.#networks = networks;
  }

  find(attemptId: string): Promise<SandboxState | undefined> {
    return this.#withContainer(attemptId, async (container) => {
      const info = await container.inspect();
      return info.Config.Labels[LABEL_DATA] === this.#host.dataId ? containerState(info) : undefined;
    });
  }

  async create(spec: SandboxSpec): Promise<void> {
    const create = async (): Promise<void> => {
      const network = await this.#networks.of(spec.owner);
      await this.#connection.call((docker) =>
        docker.createContainer(containerOptions(spec, this.#host, network)),
      );
    };
    try {
      await create();
    } catch (error) {
      // The host has not what the attempt must have.
      if (error instanceof AttemptFailure) throw error;
      if (statusOf(error) === NOT_FOUND) throw noImage(spec.image, error);
      if (statusOf(error) !== CONFLICT) throw sandboxErrorOf(error);
      // Left by a run of this attempt that was cleared away, or made by this call before the daemon went down.
      if ((await this.find(spec.attemptId)) === undefined) throw sandboxErrorOf(error);
      await this.remove(spec.attemptId);
      await create().catch((again: unknown) => {
        throw sandboxErrorOf(again);
      });
    }
  }

  async start(attemptId: string): Promise<void> {
    let tries = 0;
    try {
      await this.#connection.call((docker) => {
        tries += 1;
        return startContainer(docker, attemptId);
      });
    } catch (error) {
      // What the daemon's next life says of a start that was cut short is not the program's fault.
      if (tries > 1 && statusOf(error) !== undefined) throw endedWhileStarting(error);
      if (!isNetworkMissing(error)) throw sandboxErrorOf(error);
      // Somebody pruned it.
      await this.#restoreNetwork(attemptId);
      await this.#connection.call((docker) => startContainer(docker, attemptId));
    }
  }

  async wait(attemptId: string): Promise<SandboxEnd | undefined> {
    for (;;) {
      const code = await this.#withContainer(attemptId, async (container): Promise<number> => {
        const { StatusCode } = await container.wait();
        return StatusCode;
      });
      // A clean exit needs no second question.
      if (code === 0) return { phase: 'ended', exitCode: 0, oomKilled: false };
      const state = await this.find(attemptId);
      if (state === undefined || state.phase === 'ended') return state;
    }
  }

  async terminate(attemptId: string): Promise<void> {
    await this.#withContainer(attemptId, async (container) => {
      const exec = await container.exec({ Cmd: TERMINATE, User: '0:0' });
      await exec.start({ Detach: true });
    });
  }

  async kill(attemptId: string): Promise<void> {
    await this.#withContainer(attemptId, async (container) => {
      await container.kill().catch((error: unknown) => {
        if (statusOf(error) !== CONFLICT) throw error;
      });
    });
  }

  archive(attemptId: string, path: string): Promise<Readable | undefined> {
    return this.#withContainer(attemptId, (container) => openArchive(container, path));
  }

  async remove(attemptId: string): Promise<void> {
    if ((await this.find(attemptId)) === undefined) return;
    await this.#withContainer(attemptId, async (container) => {
      await container.remove({ force: true, v: true }).catch((error: unknown) => {
        // Its removal is under way.
        if (statusOf(error) !== CONFLICT) throw error;
      });
    });
  }

  async #restoreNetwork(attemptId: string): Promise<void> {
    const info = await this.#withContainer(attemptId, (container) => container.inspect());
    const owner = info?.Config.Labels[LABEL_ACCOUNT];
    if (owner !== undefined) await this.#networks.restore(owner);
  }

  /** Undefined when there is no such container. */
  async #withContainer<T>(
    attemptId: string,
    use: (container: Docker.Container) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await this.#connection.call((docker) => use(docker.getContainer(containerName(attemptId))));
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw statusOf(error) === undefined ? error : sandboxErrorOf(error);
    }
  }
}

/** Starting what runs is no error (304). */
async function startContainer(docker: Docker, attemptId: string): Promise<void> {
  await docker
    .getContainer(containerName(attemptId))
    .start()
    .catch((error: unknown) => {
      if (statusOf(error) !== 304) throw error;
    });
}

function isNetworkMissing(error: unknown): boolean {
  return statusOf(error) === NOT_FOUND && /network/i.test(daemonMessage(error));
}
