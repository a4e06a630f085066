import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@rebatch/model';
import { createStageInMounter } from '@rebatch/mount';
import { type ObjectStore, ObjectStoreError, openFileStore } from '@rebatch/objects';
import type { AttemptEvent, AttemptOutcome, AttemptSpec } from '../attempt.ts';
import type { AttemptDeps } from '../attempt-deps.ts';
import { runAttempt } from '../run-attempt.ts';
import { ScriptedSandboxes } from './scripted-sandboxes.ts';

/** A host with an object store, on which a test runs attempts. */
export interface AttemptWorld extends AsyncDisposable {
  root: string;
  objects: ObjectStore;
  sandboxes: ScriptedSandboxes;
  deps: AttemptDeps;
  events: AttemptEvent[];
  put(key: string, content: string | Uint8Array): Promise<void>;
  /** Text of an object in the bucket `films`; undefined when there is none. */
  text(key: string): Promise<string | undefined>;
  keys(): Promise<string[]>;
  /** Runs an attempt to its end. */
  run(
    spec: AttemptSpec,
    signals?: { stop?: AbortSignal; letGo?: AbortSignal },
  ): Promise<AttemptOutcome | undefined>;
}

/** A real file store with the bucket `films` of account 1 and the bucket `foreign` of account 2. */
export async function attemptWorld(clock: Clock = systemClock): Promise<AttemptWorld> {
  const root = await mkdtemp(join(tmpdir(), 'rebatch-worker-'));
  const objects = await openFileStore({ dir: join(root, 'objects'), clock });
  await objects.createBucket('films', '1');
  await objects.createBucket('foreign', '2');
  const attemptsFolder = join(root, 'attempts');
  await mkdir(attemptsFolder);
  const sandboxes = new ScriptedSandboxes(clock);
  const events: AttemptEvent[] = [];
  const deps: AttemptDeps = {
    objects,
    mounter: createStageInMounter(objects),
    sandboxes,
    clock,
    attemptsFolder,
    graceMs: 1000,
    ossHost: () => '10.0.0.1:8701',
    nodeIp: () => '10.0.0.1',
    emit: (event) => events.push(event),
  };
  return {
    root,
    objects,
    sandboxes,
    deps,
    events,
    async put(key, content) {
      await objects.put('films', key, oneChunk(Buffer.from(content)));
    },
    text: (key) => textOf(objects, key),
    async keys() {
      return (await objects.list('films')).objects.map((info) => info.key);
    },
    async run(spec, signals = {}) {
      const never = new AbortController().signal;
      events.length = 0;
      await runAttempt(spec, deps, { stop: signals.stop ?? never, letGo: signals.letGo ?? never });
      const last = events.at(-1);
      return last?.type === 'ended' ? last.outcome : undefined;
    },
    async [Symbol.asyncDispose]() {
      await objects.close();
      await rm(root, { recursive: true });
    },
  };
}

/** A small attempt of job `job-1`, task `render`, instance 0. */
export function attemptSpec(part: Partial<AttemptSpec> = {}): AttemptSpec {
  const attempt = part.attempt ?? 0;
  return {
    id: `job-1.render.0.${attempt}`,
    jobId: 'job-1',
    taskName: 'render',
    instanceId: 0,
    attempt,
    instanceCount: 2,
    owner: '1',
    image: 'img',
    contract: 'docker',
    commandLine: 'render',
    env: {},
    inputs: [],
    outputs: [],
    logs: [],
    stdoutUrl: 'oss://films/logs/stdout.job-1.render.0',
    stderrUrl: 'oss://films/logs/stderr.job-1.render.0',
    timeoutSeconds: 60,
    region: 'local',
    ...part,
  };
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

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
