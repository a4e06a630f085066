import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import type { Clock, NasFolder } from '@rebatch/model';
import type { SharedMounter } from '@rebatch/mount';
import { KeyedLock, type ObjectStore } from '@rebatch/objects';
import { type AttemptImages, markedForWindows, prepareMounts, releaseMountsIn } from '@rebatch/worker';
import type { ContainerInspectInfo } from 'dockerode';
import type { NodeEvent, NodePool, NodeSpec } from '../../nodes.ts';
import { type ContainerHost, LABEL_DATA } from '../container-options.ts';
import type { DockerConnection } from '../docker-connection.ts';
import { daemonMessage, statusOf } from '../docker-error.ts';
import { bootstrapLine } from './bootstrap-line.ts';
import { removeBridge } from '../networks/bridge.ts';
import { ensureClusterNetwork } from './cluster-network.ts';
import {
  clusterNetworkName,
  LABEL_CLUSTER,
  LABEL_NODE,
  nodeContainer,
  nodeContainerName,
} from './node-container.ts';
import { insideNode, type NodeFolder, nodeFolder } from './node-folder.ts';
import { lifeCommand } from './node-scripts.ts';

/** More containers than this on one machine help nobody. */
const LIMIT = 64;
const LOOK_MS = 100;
const AGAIN_MS = 1000;
/** Characters of a bootstrap's last words that a message holds. */
const LAST_WORDS = 400;

export interface DockerNodesParts {
  connection: DockerConnection;
  host: ContainerHost;
  nodesFolder: string;
  objects: ObjectStore;
  nas: readonly NasFolder[];
  mounterOf: (nodeId: string) => SharedMounter;
  images: AttemptImages;
  clock: Clock;
  ossHost: () => string;
  emit: (event: NodeEvent) => void;
  /** Ends the containers that joined the machine, and resolves when no attempt uses its files any more. */
  abandonAttempts: (nodeId: string) => Promise<void>;
  /** A machine is there that may ask for its user data. */
  wanted: () => void;
}

interface Machine {
  ip: string;
  removing: boolean;
}

/** Machines of clusters as long-lived containers, each cluster on a network of its own. */
export class DockerNodes implements NodePool {
  readonly limit = LIMIT;
  readonly #parts: () => DockerNodesParts;
  readonly #machines = new Map<string, Machine>();
  /** The engine would make two networks of one name. */
  readonly #networks = new KeyedLock();
  #closed = false;

  /** `parts`: known once the executor was opened. */
  constructor(parts: () => DockerNodesParts) {
    this.#parts = parts;
  }

  add(spec: NodeSpec): void {
    if (this.#machines.has(spec.id)) return;
    const machine = { ip: '', removing: false };
    this.#machines.set(spec.id, machine);
    this.#live(spec, machine).catch((error: unknown) => {
      if (this.#closed || machine.removing) return;
      this.#parts().emit({ type: 'failed', nodeId: spec.id, ...failureOf(spec, error) });
    });
  }

  remove({ id, clusterId }: { id: string; clusterId: string }): void {
    const machine = this.#machines.get(id) ?? { ip: '', removing: false };
    if (machine.removing) return;
    machine.removing = true;
    this.#machines.set(id, machine);
    void this.#untilRemoved(id, clusterId);
  }

  async list(): Promise<{ id: string; clusterId: string }[]> {
    const { connection, host, nodesFolder } = this.#parts();
    const containers = await connection.call((docker) =>
      docker.listContainers({ all: true, filters: { label: [`${LABEL_DATA}=${host.dataId}`, LABEL_NODE] } }),
    );
    // A folder without a container is what a crash while removing leaves.
    const found = new Map((await readdir(nodesFolder).catch(() => [])).map((id) => [id, '']));
    for (const { Labels } of containers) found.set(Labels[LABEL_NODE] ?? '', Labels[LABEL_CLUSTER] ?? '');
    return Array.from(found, ([id, clusterId]) => ({ id, clusterId }));
  }

  /** Address of a machine; "" while it is not known. */
  ipOf(nodeId: string): string {
    return this.#machines.get(nodeId)?.ip ?? '';
  }

  close(): void {
    this.#closed = true;
  }

  async #live(spec: NodeSpec, machine: Machine): Promise<void> {
    const { emit, wanted, abandonAttempts, nodesFolder } = this.#parts();
    const nodeId = spec.id;
    const folder = nodeFolder(nodesFolder, nodeId);
    const info = await this.#made(spec, folder, machine);
    if (machine.removing) return;
    if (info?.State.Running === true) {
      machine.ip = info.NetworkSettings.Networks[clusterNetworkName(spec.clusterId)]?.IPAddress ?? '';
      wanted();
      emit({ type: 'starting', nodeId });
      const code = await this.#bootstrapped(nodeId, folder);
      if (code === 0) emit({ type: 'running', nodeId, ip: machine.ip });
      else if (code !== undefined) throw new BootstrapError(code, await lastWords(folder));
      await this.#ended(nodeId);
    }
    if (machine.removing) return;
    emit({ type: 'lost', nodeId, message: 'its container ended' });
    await abandonAttempts(nodeId);
  }

  /** Makes and starts what is still to be made and started. A machine that was removed meanwhile is removed again, whole. */
  async #made(
    spec: NodeSpec,
    folder: NodeFolder,
    machine: Machine,
  ): Promise<ContainerInspectInfo | undefined> {
    try {
      let info = await this.#inspect(spec.id);
      if (info === undefined) {
        await this.#create(spec, folder);
        info = await this.#inspect(spec.id);
      }
      if (info?.State.Status === 'created' && !machine.removing) {
        await this.#start(spec);
        info = await this.#inspect(spec.id);
      }
      return info;
    } finally {
      // Who removed it found only what was there by then.
      if (machine.removing) await this.#remove(spec.id, spec.clusterId);
    }
  }

  async #create(spec: NodeSpec, folder: NodeFolder): Promise<void> {
    const { connection, host, objects, nas, mounterOf, images, ossHost } = this.#parts();
    for (const path of [folder.node, folder.attempts]) await mkdir(path, { recursive: true });
    const mounter = mounterOf(spec.id);
    const mountsFolder = (await mounter.open()) ? mounter.folder : undefined;
    const image = await images.provide({ owner: spec.owner, image: spec.image });
    const contract = (await images.platformOf(image)) === 'windows' ? 'windows' : 'vm';
    const wanted = { owner: spec.owner, inputs: spec.mounts, contract } as const;
    const binds = await prepareMounts(wanted, folder.mounts, { objects, mounter, nas });
    const links = binds.map(({ source, target }) => ({
      target,
      source: insideNode(folder, mountsFolder, source),
    }));
    const env = contract === 'windows' ? markedForWindows(spec.env) : spec.env;
    const container = nodeContainer(
      { ...spec, image },
      {
        host,
        sharedFolder: folder.shared,
        ...(mountsFolder === undefined ? {} : { mountsFolder }),
        command: lifeCommand(bootstrapLine(spec.bootstrap, contract), links),
        env: { ...env, BATCH_COMPUTE_OSS_HOST: ossHost() },
      },
    );
    await this.#ensureNetwork(spec.clusterId);
    await connection.call(async (docker) => {
      await docker.createContainer(container).catch((error: unknown) => {
        // Made by this call before the daemon went down.
        if (statusOf(error) !== 409) throw error;
      });
    });
  }

  async #ensureNetwork(clusterId: string): Promise<void> {
    const { connection, host } = this.#parts();
    await this.#networks.run(clusterId, () =>
      connection.call((docker) => ensureClusterNetwork(docker, clusterId, host.dataId)),
    );
  }

  async #start(spec: NodeSpec): Promise<void> {
    const { connection } = this.#parts();
    const container = nodeContainerName(spec.id);
    // The last machine that went may have taken the network with it.
    await this.#ensureNetwork(spec.clusterId);
    await connection.call(async (docker) => {
      await docker
        .getContainer(container)
        .start()
        .catch((error: unknown) => {
          if (statusOf(error) !== 304) throw error;
        });
    });
  }

  /** The bootstrap's exit code; undefined when the machine ended first. */
  async #bootstrapped(nodeId: string, folder: NodeFolder): Promise<number | undefined> {
    for (let look = 0; ; look++) {
      const text = await readFile(folder.exitCode, 'latin1').catch(() => '');
      if (/^\d{1,3}\n$/.test(text)) return Number(text);
      if (look % 20 === 19 && (await this.#inspect(nodeId))?.State.Running !== true) return undefined;
      await this.#pause(LOOK_MS);
    }
  }

  async #ended(nodeId: string): Promise<void> {
    await this.#parts()
      .connection.call((docker) => docker.getContainer(nodeContainerName(nodeId)).wait())
      .catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      });
  }

  async #untilRemoved(id: string, clusterId: string): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#remove(id, clusterId);
        this.#machines.delete(id);
        this.#parts().emit({ type: 'removed', nodeId: id });
        return;
      } catch {
        await this.#pause(AGAIN_MS);
      }
    }
  }

  async #remove(id: string, clusterId: string): Promise<void> {
    const { connection, nodesFolder, mounterOf, abandonAttempts } = this.#parts();
    const folder = nodeFolder(nodesFolder, id);
    await connection.call((docker) =>
      docker
        .getContainer(nodeContainerName(id))
        .remove({ force: true, v: true })
        .catch((error: unknown) => {
          if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
        }),
    );
    await abandonAttempts(id);
    await releaseMountsIn(folder.mounts, mounterOf(id));
    await mounterOf(id).close();
    await rm(folder.root, { recursive: true, force: true });
    if (clusterId === '') return;
    await this.#networks.run(clusterId, () =>
      connection.call((docker) => removeBridge(docker, clusterNetworkName(clusterId))),
    );
  }

  async #inspect(nodeId: string): Promise<ContainerInspectInfo | undefined> {
    try {
      return await this.#parts().connection.call((docker) =>
        docker.getContainer(nodeContainerName(nodeId)).inspect(),
      );
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts().clock.after(ms, resolve));
  }
}

class BootstrapError extends Error {
  constructor(code: number, words: string) {
    super(`the bootstrap ended with exit code ${code}${words === '' ? '' : `: ${words}`}`);
    this.name = 'BootstrapError';
  }
}

async function lastWords(folder: NodeFolder): Promise<string> {
  const text = await readFile(folder.output, 'utf8').catch(() => '');
  return text.trim().slice(-LAST_WORDS);
}

function failureOf(spec: NodeSpec, error: unknown): { code: string; message: string } {
  if (error instanceof BootstrapError) return { code: 'BootstrapFailed', message: error.message };
  const message = daemonMessage(error);
  if (statusOf(error) === 404 && /image/i.test(message)) {
    return { code: 'ImageMissing', message: `the image "${spec.image}" is not on this host` };
  }
  return { code: 'InstanceFailed', message };
}
