import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '@rebatch/model';
import {
  SandboxError,
  type SandboxEnd,
  type Sandboxes,
  type SandboxSpec,
  type SandboxState,
} from '@rebatch/worker';
import type { Container } from 'dockerode';
import type { DockerConnection } from '../docker-connection.ts';
import { sandboxErrorOf, statusOf } from '../docker-error.ts';
import { openArchive } from '../open-archive.ts';
import { nodeContainerName } from './node-container.ts';
import { insideNode, type NodeFolder } from './node-folder.ts';
import { clearCommand, markOf, occupyCommand, signalCommand } from './node-scripts.ts';
import { runInContainer } from './run-in-container.ts';

/** The program's exit code is looked for so often; that the machine is gone shows when the engine is asked. */
const LOOK_MS = 50;
const ASK_EVERY_LOOKS = 20;

export interface NodeSandboxesOptions {
  connection: DockerConnection;
  clock: Clock;
  nodeId: string;
  folder: NodeFolder;
  /** Folder of this host in which mounts come and go that the machine sees. */
  mountsFolder?: string;
  /** `root`: the server's own folder of the attempt; `exitCode`: the file that the program's exit code goes to. */
  filesOf(attemptId: string): { root: string; exitCode: string };
}

interface Note {
  execId: string;
  startedAt?: number;
}

/**
 * Attempts as processes of a cluster's machine: they find the machine as its bootstrap and earlier attempts left it. The
 * engine keeps them running while the server is away, as it does with containers.
 */
export class NodeSandboxes implements Sandboxes {
  readonly #options: NodeSandboxesOptions;

  constructor(options: NodeSandboxesOptions) {
    this.#options = options;
  }

  async find(attemptId: string): Promise<SandboxState | undefined> {
    const state = await this.#state(attemptId);
    if (state?.phase === 'ended') await this.#clear(attemptId);
    return state;
  }

  async create(spec: SandboxSpec): Promise<void> {
    const { folder, mountsFolder } = this.#options;
    const links = spec.binds.map(({ source, target }) => ({
      target,
      source: insideNode(folder, mountsFolder, source),
    }));
    const execId = await this.#withNode(async (node) => {
      const { exitCode, output } = await runInContainer(node, occupyCommand(spec.attemptId, links));
      if (exitCode !== 0) {
        throw new SandboxError('refused', `The cluster's machine could not be prepared: ${output}`);
      }
      const env = { ...spec.env, ...markOf(spec.attemptId) };
      const exec = await node.exec({
        Cmd: spec.command,
        User: '0:0',
        Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
        WorkingDir: spec.workingDirectory,
      });
      return exec.id;
    });
    await this.#write(spec.attemptId, { execId });
  }

  async start(attemptId: string): Promise<void> {
    const note = await this.#note(attemptId);
    if (note === undefined) throw new SandboxError('refused', 'The attempt was not prepared.');
    await this.#write(attemptId, { ...note, startedAt: this.#options.clock.now() });
    try {
      await this.#options.connection.call((docker) => docker.getExec(note.execId).start({ Detach: true }));
    } catch (error) {
      // It runs already.
      if (statusOf(error) === 409 && (await this.#state(attemptId))?.phase === 'running') return;
      throw isGone(error) ? gone(error) : sandboxErrorOf(error);
    }
  }

  async wait(attemptId: string): Promise<SandboxEnd | undefined> {
    for (let look = 1; ; look++) {
      if (look % ASK_EVERY_LOOKS === 1 || (await this.#hasExitCode(attemptId))) {
        const state = await this.#state(attemptId);
        if (state === undefined || state.phase === 'ended') {
          // What was mapped must be out of the way before anybody looks at what the program left.
          await this.#clear(attemptId);
          return state;
        }
      }
      await this.#pause();
    }
  }

  async terminate(attemptId: string): Promise<void> {
    await this.#inNode(signalCommand(attemptId, 'TERM'));
  }

  async kill(attemptId: string): Promise<void> {
    await this.#inNode(signalCommand(attemptId, 'KILL'));
  }

  async archive(_attemptId: string, path: string): Promise<Readable | undefined> {
    return this.#withNode((node) => openArchive(node, path)).catch(undefinedWhenGone);
  }

  async remove(attemptId: string): Promise<void> {
    await this.#clear(attemptId);
    await rm(this.#noteFile(attemptId), { force: true });
  }

  async #state(attemptId: string): Promise<SandboxState | undefined> {
    const note = await this.#note(attemptId);
    if (note === undefined) return undefined;
    try {
      const { Running, ExitCode } = await this.#options.connection.call((docker) =>
        docker.getExec(note.execId).inspect(),
      );
      const startedAt = note.startedAt ?? this.#options.clock.now();
      if (Running) return { phase: 'running', startedAt };
      if (ExitCode === null) return { phase: 'created' };
      return { phase: 'ended', exitCode: ExitCode, oomKilled: false };
    } catch (error) {
      // Gone with its machine, or ended long ago; its exit code file tells which.
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async #clear(attemptId: string): Promise<void> {
    await this.#inNode(clearCommand(attemptId));
  }

  /** Does nothing when the machine is gone. */
  async #inNode(command: readonly string[]): Promise<void> {
    await this.#withNode((node) => runInContainer(node, command)).catch(undefinedWhenGone);
  }

  /** @throws SandboxError `gone` when the machine is not there or does not run. */
  async #withNode<T>(use: (node: Container) => Promise<T>): Promise<T> {
    const { connection, nodeId } = this.#options;
    try {
      return await connection.call((docker) => use(docker.getContainer(nodeContainerName(nodeId))));
    } catch (error) {
      if (isGone(error)) throw gone(error);
      throw statusOf(error) === undefined ? error : sandboxErrorOf(error);
    }
  }

  async #note(attemptId: string): Promise<Note | undefined> {
    const text = await readFile(this.#noteFile(attemptId), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    // Written by this class, whole or not at all.
    const note: Note = JSON.parse(text);
    return note;
  }

  async #write(attemptId: string, note: Note): Promise<void> {
    const file = this.#noteFile(attemptId);
    await writeFile(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  /** What a later life of the server must know of the attempt; out of the machine's sight. */
  #noteFile(attemptId: string): string {
    return join(this.#options.filesOf(attemptId).root, 'exec.json');
  }

  async #hasExitCode(attemptId: string): Promise<boolean> {
    const stats = await stat(this.#options.filesOf(attemptId).exitCode).catch(() => undefined);
    return stats !== undefined;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(LOOK_MS, resolve));
  }
}

/** 404: no such container; 409: it does not run. */
function isGone(error: unknown): boolean {
  return statusOf(error) === 404 || statusOf(error) === 409;
}

function gone(cause: unknown): SandboxError {
  return new SandboxError('gone', 'its node is gone', { cause });
}

function undefinedWhenGone(error: unknown): undefined {
  if (error instanceof SandboxError && error.reason === 'gone') return undefined;
  throw error;
}
