import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type ObjectStore, ObjectStoreError, openFileStore } from '@rebatch/objects';
import type { AttemptEvent, AttemptOutcome, AttemptSpec } from '@rebatch/worker';
import Docker from 'dockerode';
import type { Executor, ExecutorHealth, ExecutorListeners } from '../../executor.ts';
import type { NodeEvent, NodeSpec } from '../../nodes.ts';
import { dataIdOf } from '../data-id.ts';
import { statusOf } from '../docker-error.ts';
import { createDockerExecutor, type DockerExecutorOptions } from '../docker-executor.ts';
import { tinyImage } from './tiny-image.ts';

export type DockerWorldOptions = Partial<
  Pick<DockerExecutorOptions, 'socketPath' | 'nas' | 'mounts' | 'clock'>
>;

/** Between SIGTERM and SIGKILL. */
export const GRACE_MS = 1500;

/** A server's worth of executor on the real Docker, with a store of its own; takes everything away with it. */
export interface DockerWorld extends AsyncDisposable {
  dataDir: string;
  objects: ObjectStore;
  executor: Executor;
  docker: Docker;
  events: AttemptEvent[];
  health: ExecutorHealth[];
  nodeEvents: NodeEvent[];
  /** A machine of this world's cluster. */
  node(part?: Partial<NodeSpec>): NodeSpec;
  /** Resolves with the first event of that type of a machine. */
  nodeEvent(nodeId: string, type: NodeEvent['type']): Promise<NodeEvent>;
  /** An attempt of this world's job; `attempt` 0, instance 0 unless said. */
  spec(part: Partial<AttemptSpec> & { commandLine: string }): AttemptSpec;
  /** Runs an attempt to its end. */
  run(part: Partial<AttemptSpec> & { commandLine: string }): Promise<AttemptOutcome>;
  /** Resolves with the outcome of a started attempt. */
  ended(attemptId: string): Promise<AttemptOutcome>;
  put(key: string, text: string): Promise<void>;
  text(key: string): Promise<string | undefined>;
  /** Closes store and executor, so that another process may have the data folder; and opens them again. */
  letGo(): Promise<void>;
  takeUp(): Promise<void>;
  /** Names of this world's containers. */
  containers(): Promise<string[]>;
}

export async function dockerWorld(options: DockerWorldOptions = {}): Promise<DockerWorld> {
  const image = await tinyImage();
  const dataDir = await mkdtemp(join(tmpdir(), 'rebatch-docker-'));
  const events: AttemptEvent[] = [];
  const health: ExecutorHealth[] = [];
  const nodeEvents: NodeEvent[] = [];
  const awaited = new Map<string, PromiseWithResolvers<NodeEvent>>();
  const awaitedEvent = (key: string): PromiseWithResolvers<NodeEvent> => {
    const known = awaited.get(key) ?? Promise.withResolvers<NodeEvent>();
    awaited.set(key, known);
    return known;
  };
  const endings = new Map<string, PromiseWithResolvers<AttemptOutcome>>();
  const ending = (attemptId: string): PromiseWithResolvers<AttemptOutcome> => {
    const known = endings.get(attemptId) ?? Promise.withResolvers<AttemptOutcome>();
    endings.set(attemptId, known);
    return known;
  };
  const listeners: ExecutorListeners = {
    event(event) {
      events.push(event);
      if (event.type === 'ended') ending(event.attemptId).resolve(event.outcome);
    },
    healthChanged: (now) => health.push(now),
    node(event) {
      nodeEvents.push(event);
      awaitedEvent(`${event.nodeId} ${event.type}`).resolve(event);
    },
  };
  let parts = await openParts(dataDir, options, listeners);
  const letGo = async (): Promise<void> => {
    await parts.executor.close();
    await parts.objects.close();
  };
  const docker = new Docker();
  const jobId = `job-${randomBytes(8).toString('hex').toUpperCase()}`;
  const clusterId = `cls-${randomBytes(9).toString('hex')}`;
  const containers = async (): Promise<string[]> => {
    const found = await docker.listContainers({ all: true, filters: { name: [`rebatch-${jobId}`] } });
    return found.flatMap((container) => container.Names);
  };
  const spec: DockerWorld['spec'] = (part) => ({
    id: `${jobId}.t.${part.instanceId ?? 0}.${part.attempt ?? 0}`,
    jobId,
    taskName: 't',
    instanceId: 0,
    attempt: 0,
    instanceCount: 1,
    owner: '1',
    image,
    contract: 'docker',
    env: {},
    inputs: [],
    outputs: [],
    logs: [],
    stdoutUrl: 'oss://films/stdout',
    stderrUrl: 'oss://films/stderr',
    timeoutSeconds: 60,
    region: 'local',
    ...part,
  });
  return {
    dataDir,
    get objects() {
      return parts.objects;
    },
    get executor() {
      return parts.executor;
    },
    docker,
    events,
    health,
    nodeEvents,
    node: (part = {}) => ({
      id: `i-${randomBytes(9).toString('hex')}`,
      clusterId,
      group: 'g',
      owner: '1',
      hostName: 'w001',
      image,
      env: {},
      bootstrap: '',
      userData: {},
      mounts: [],
      region: 'local',
      ...part,
    }),
    nodeEvent: async (nodeId, type) => awaitedEvent(`${nodeId} ${type}`).promise,
    spec,
    containers,
    async run(part) {
      const whole = spec(part);
      parts.executor.start(whole);
      return ending(whole.id).promise;
    },
    ended: (attemptId) => ending(attemptId).promise,
    async put(key, text) {
      await parts.objects.put('films', key, oneChunk(text));
    },
    text: (key) => textOf(parts.objects, key),
    letGo,
    async takeUp() {
      parts = await openParts(dataDir, options, listeners);
    },
    async [Symbol.asyncDispose]() {
      await letGo();
      const filters = { label: [`dev.rebatch.data=${await dataIdOf(join(dataDir, 'attempts'))}`] };
      const machines = await docker.listContainers({ all: true, filters });
      for (const { Id } of machines) await removeContainer(docker, Id);
      for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Also when the executor that was closed has begun to. */
async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) === 409) await container.wait({ condition: 'removed' }).catch(ignoreGone);
    else ignoreGone(error);
  }
}

function ignoreGone(error: unknown): void {
  if (statusOf(error) !== 404) throw error;
}

async function openParts(
  dataDir: string,
  options: DockerWorldOptions,
  listeners: ExecutorListeners,
): Promise<{ objects: ObjectStore; executor: Executor }> {
  const objects = await openFileStore({ dir: join(dataDir, 'objects'), clock: systemClock });
  await objects.createBucket('films', '1').catch(ignoreExisting);
  const executor = createDockerExecutor({
    dataDir,
    operator: '1',
    slots: 4,
    objects,
    clock: systemClock,
    ossHost: () => '127.0.0.1:8701',
    graceMs: GRACE_MS,
    ...options,
  });
  await executor.open(listeners);
  return { objects, executor };
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof ObjectStoreError) || error.code !== 'BucketAlreadyExists') throw error;
}

async function textOf(objects: ObjectStore, key: string): Promise<string | undefined> {
  try {
    const { body } = await objects.get('films', key);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
