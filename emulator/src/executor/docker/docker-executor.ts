import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type NasFolder, parseReference } from '@rebatch/model';
import { type HostMounter, type MountMode, openHostMounter, type SharedMounter } from '@rebatch/mount';
import type { ObjectStore } from '@rebatch/objects';
import {
  type AttemptDeps,
  attemptFolder,
  type AttemptSpec,
  forgetAttempt,
  knownAttempt,
  knownAttempts,
  runAttempt,
  type TaskKeys,
} from '@rebatch/worker';
import { attemptsFolderOf } from '../attempts-folder.ts';
import type { Executor, ExecutorCapabilities, ExecutorHealth, ExecutorListeners } from '../executor.ts';
import type { ContainerHost } from './container-options.ts';
import { dataIdOf } from './data-id.ts';
import { DockerConnection } from './docker-connection.ts';
import { statusOf } from './docker-error.ts';
import { DockerSandboxes } from './docker-sandboxes.ts';
import { findGpus, type GpuSupport } from './gpus.ts';
import { engineName } from './images/engine-name.ts';
import { ImageSource } from './images/image-source.ts';
import { MetadataServer } from './metadata/metadata-server.ts';
import { AccountNetworks } from './networks/account-networks.ts';
import { removeUnusedNetworks } from './networks/remove-unused-networks.ts';
import { type DockerNodesParts, DockerNodes } from './nodes/docker-nodes.ts';
import { JoiningSandboxes } from './nodes/joining-sandboxes.ts';
import { nodeFolder } from './nodes/node-folder.ts';
import { NodeSandboxes } from './nodes/node-sandboxes.ts';
import { DockerShells } from './shells/docker-shells.ts';
import { type KeepOptions, KeptSandboxes } from './shells/kept-sandboxes.ts';
import { removeOrphans } from './remove-orphans.ts';
import { withSignal } from './with-signal.ts';

export interface DockerExecutorOptions {
  /** The server's data folder; attempts live in `attempts/` below it. */
  dataDir: string;
  slots: number;
  objects: ObjectStore;
  clock: Clock;
  /** Absent: programs get no key of the object store. */
  keys?: TaskKeys;
  /** `host:port` of the object gateway as sandboxes reach it; asked for each attempt. */
  ossHost(): string;
  /** Default: what DOCKER_HOST says, else /var/run/docker.sock. */
  socketPath?: string;
  /** The account whose sandboxes are on Docker's own bridge; every other has a network of its own. */
  operator: string;
  /** How inputs come to programs. Default: `auto`. */
  mounts?: MountMode;
  /** Folders of this host that stand for those of file servers. Default: none. */
  nas?: readonly NasFolder[];
  /** Start the mount daemon now instead of with the first input; see `HostMounterOptions`. */
  warmUpMounts?: boolean;
  /** Processes and threads that a container may have. Default: 4,096. */
  maxProcesses?: number;
  /** File with passwords of registries, as Docker's config.json has them. */
  registryAuthFile?: string;
  /** Failed attempts that are kept when their tasks want that. Default: none. */
  keep?: KeepOptions;
  /** What is worth a line of the server's log. */
  warn?: (message: string) => void;
  /** What programs get between SIGTERM and SIGKILL when their time is over, in milliseconds. Default: 10,000. */
  graceMs?: number;
}

/** Runs attempts in Docker containers of this host. */
export function createDockerExecutor(options: DockerExecutorOptions): Executor {
  return new DockerExecutor(options);
}

const MAX_PROCESSES = 4096;
/** A server that is told to stop has 5 s in all. */
const LAST_CLEANING_MS = 1000;
const KEEP_NONE: KeepOptions = { count: 0, forMs: 0 };

interface Run {
  nodeId: string | undefined;
  deps: AttemptDeps;
  stop: AbortController;
  done: Promise<void>;
}

interface Opened {
  connection: DockerConnection;
  host: ContainerHost;
  deps: AttemptDeps;
  mounter: HostMounter;
  nodes: DockerNodesParts;
  metadata: MetadataServer;
  images: ImageSource;
  kept: KeptSandboxes;
}

class DockerExecutor implements Executor {
  readonly nodes: DockerNodes;
  readonly shells: DockerShells;
  readonly #options: DockerExecutorOptions;
  readonly #attemptsFolder: string;
  readonly #nodesFolder: string;
  readonly #runs = new Map<string, Run>();
  readonly #letGo = new AbortController();
  #opened: Opened | undefined;
  #gpus: GpuSupport = 'none';

  constructor(options: DockerExecutorOptions) {
    this.#options = options;
    this.#attemptsFolder = attemptsFolderOf(options.dataDir);
    this.#nodesFolder = join(options.dataDir, 'nodes');
    this.nodes = new DockerNodes(() => this.#open().nodes);
    this.shells = new DockerShells(() => ({
      ...this.#open(),
      specOf: (attemptId) => knownAttempt(this.#attemptsFolder, attemptId),
    }));
  }

  get capabilities(): ExecutorCapabilities {
    return { slots: this.#options.slots, gpu: this.#gpus !== 'none', windows: false };
  }

  async open(listeners: ExecutorListeners): Promise<void> {
    const { clock, objects, keys, socketPath, operator, nas = [] } = this.#options;
    const {
      graceMs = 10_000,
      mounts = 'auto',
      maxProcesses = MAX_PROCESSES,
      registryAuthFile,
    } = this.#options;
    await mkdir(this.#attemptsFolder, { recursive: true, mode: 0o700 });
    const dataId = await dataIdOf(this.#attemptsFolder);
    const host: ContainerHost = { dataId, maxProcesses, gpus: () => this.#gpus };
    const connection = new DockerConnection({
      ...(socketPath === undefined ? {} : { socketPath }),
      clock,
      healthChanged: (health) => listeners.healthChanged(health),
      connected: async (docker) => {
        this.#gpus = await findGpus(docker);
        await removeOrphans(docker, dataId, this.#attemptsFolder);
      },
    });
    const mounter = await openHostMounter({
      objects,
      clock,
      dataFolder: this.#options.dataDir,
      mode: mounts,
      warmUp: this.#options.warmUpMounts ?? false,
      warn: (message) => this.#options.warn?.(message),
    });
    const images = new ImageSource({
      connection,
      objects,
      dataId,
      clock,
      ...(registryAuthFile === undefined ? {} : { registryAuthFile }),
      warn: (message) => this.#options.warn?.(message),
    });
    const deps: AttemptDeps = {
      objects,
      mounter,
      nas,
      sandboxes: new DockerSandboxes(connection, host, new AccountNetworks({ connection, dataId, operator })),
      images,
      ...(keys === undefined ? {} : { keys }),
      clock,
      attemptsFolder: this.#attemptsFolder,
      graceMs,
      ossHost: () => this.#options.ossHost(),
      nodeIp: () => nodeAddress(connection.health()),
      emit: (event) => listeners.event(event),
    };
    const metadata = new MetadataServer(connection, clock);
    const nodes: DockerNodesParts = {
      connection,
      host,
      nodesFolder: this.#nodesFolder,
      objects,
      nas,
      mounterOf: (nodeId) => this.#mounterOf(nodeId, mounter),
      images,
      clock,
      ossHost: () => this.#options.ossHost(),
      emit: (event) => listeners.node?.(event),
      abandonAttempts: (nodeId) => this.#abandonAttempts(nodeId),
      wanted: () => metadata.open(),
    };
    const kept = new KeptSandboxes(deps, this.#options.keep ?? KEEP_NONE, ignore);
    this.#opened = { connection, host, deps, mounter, nodes, metadata, images, kept };
    await kept.open();
    await connection.open();
  }

  health(): ExecutorHealth {
    return this.#open().connection.health();
  }

  async list(): Promise<string[]> {
    const { kept } = this.#open();
    return (await knownAttempts(this.#attemptsFolder)).filter((attemptId) => !kept.has(attemptId));
  }

  start(spec: AttemptSpec): void {
    this.#run(spec);
  }

  stop(attemptId: string): void {
    const run = this.#runs.get(attemptId);
    if (run === undefined) this.#stopUnwatched(attemptId).catch(ignore);
    else run.stop.abort();
  }

  forget(attemptId: string): void {
    this.#forget(attemptId).catch(ignore);
  }

  async hasImage(image: string): Promise<boolean> {
    const { connection } = this.#open();
    // Not known now, or never; the attempt will tell. The engine's address of another name leads elsewhere.
    if (!connection.health().available || parseReference(image) === undefined) return true;
    try {
      await connection.call((docker) => docker.getImage(engineName(image)).inspect());
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    const reason = new Error('the executor was closed');
    this.#letGo.abort(reason);
    this.nodes.close();
    this.#opened?.kept.close();
    this.#opened?.metadata.close();
    await this.#removeUnusedNetworks();
    this.#opened?.connection.close(reason);
    await Promise.all(Array.from(this.#runs.values(), (run) => run.done));
    await this.#opened?.images.close();
    await this.#opened?.mounter.close();
  }

  /** What is left for want of time or of an engine goes at the next start. */
  async #removeUnusedNetworks(): Promise<void> {
    if (this.#opened?.connection.health().available !== true) return;
    const { connection, host } = this.#opened;
    const removed = connection.call((docker) => removeUnusedNetworks(docker, host.dataId));
    await withSignal(removed, AbortSignal.timeout(LAST_CLEANING_MS)).catch(ignore);
  }

  #run(spec: AttemptSpec): Run {
    const known = this.#runs.get(spec.id);
    if (known !== undefined) return known;
    // Programs may ask for their key at the metadata address, too.
    if (this.#options.keys !== undefined) this.#open().metadata.open();
    const stop = new AbortController();
    const signals = { stop: stop.signal, letGo: this.#letGo.signal };
    const deps = this.#depsOf(spec);
    const done = runAttempt(spec, deps, signals).finally(() => this.#runs.delete(spec.id));
    const run = { nodeId: spec.nodeId, deps, stop, done };
    this.#runs.set(spec.id, run);
    return run;
  }

  /** An attempt of an earlier process that nobody started again. */
  async #stopUnwatched(attemptId: string): Promise<void> {
    const spec = await knownAttempt(this.#attemptsFolder, attemptId);
    if (spec !== undefined) this.#run(spec).stop.abort();
  }

  async #forget(attemptId: string): Promise<void> {
    await this.#runs.get(attemptId)?.done;
    const spec = await knownAttempt(this.#attemptsFolder, attemptId);
    if (spec !== undefined && (await this.#open().kept.keep(spec))) return;
    await forgetAttempt(attemptId, spec === undefined ? this.#open().deps : this.#depsOf(spec));
  }

  /** An attempt of a cluster runs on its machine: as a process of it, or in a container that joins it. */
  #depsOf({ nodeId, contract }: AttemptSpec): AttemptDeps {
    const { connection, host, deps, mounter: ofHost } = this.#open();
    if (nodeId === undefined) return deps;
    const onNode = { ...deps, nodeIp: () => this.nodes.ipOf(nodeId) };
    if (contract === 'docker') {
      return { ...onNode, sandboxes: new JoiningSandboxes(connection, host, nodeId) };
    }
    const folder = nodeFolder(this.#nodesFolder, nodeId);
    const mounter = this.#mounterOf(nodeId, ofHost);
    return {
      ...onNode,
      sharedFolder: folder.attempts,
      mounter,
      sandboxes: new NodeSandboxes({
        connection,
        clock: deps.clock,
        nodeId,
        folder,
        ...(mounter.folder === undefined ? {} : { mountsFolder: mounter.folder }),
        filesOf: (attemptId) => attemptFolder(this.#attemptsFolder, attemptId, folder.attempts),
      }),
    };
  }

  /** A machine runs already when its mounts are made. */
  #mounterOf(nodeId: string, mounter: HostMounter): SharedMounter {
    return mounter.sharedWith(nodeId, nodeFolder(this.#nodesFolder, nodeId).mountState);
  }

  async #abandonAttempts(nodeId: string): Promise<void> {
    const runs = [...this.#runs].filter(([, run]) => run.nodeId === nodeId);
    // The engine may be going, too; then they end by what it says when it is back.
    await Promise.allSettled(runs.map(([attemptId, { deps }]) => deps.sandboxes.kill(attemptId)));
    await Promise.all(runs.map(([, { done }]) => done));
  }

  #open(): Opened {
    if (this.#opened === undefined) throw new Error('the executor is not open');
    return this.#opened;
  }
}

/** Instances report the host as their node, by the address that sandboxes know it by. */
function nodeAddress(health: ExecutorHealth): string {
  return health.available ? (health.gatewayAddress ?? '') : '';
}

/** What could not be stopped or removed now stays in `list`, and is met again at the next start. */
function ignore(): void {}
