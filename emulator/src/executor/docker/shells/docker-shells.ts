import { type AttemptDeps, type AttemptSpec, wakeAttempt } from '@rebatch/worker';
import type { DockerConnection } from '../docker-connection.ts';
import { daemonMessage, statusOf } from '../docker-error.ts';
import { containerName } from '../container-options.ts';
import {
  type KeptSandbox,
  type Shell,
  ShellError,
  type ShellHost,
  type ShellPlace,
  type ShellRequest,
} from '../../shells.ts';
import { nodeContainerName } from '../nodes/node-container.ts';
import { execShell } from './exec-shell.ts';
import type { KeptSandboxes } from './kept-sandboxes.ts';

export interface DockerShellsParts {
  connection: DockerConnection;
  deps: AttemptDeps;
  kept: KeptSandboxes;
  /** What is known of an attempt that is under way. */
  specOf: (attemptId: string) => Promise<AttemptSpec | undefined>;
}

/** Shells in containers. A kept container runs as long as somebody looks into it. */
export class DockerShells implements ShellHost {
  readonly #parts: () => DockerShellsParts;
  /** Shells that are open in kept containers. */
  readonly #open = new Map<string, number>();

  /** `parts`: known once the executor was opened. */
  constructor(parts: () => DockerShellsParts) {
    this.#parts = parts;
  }

  async open(place: ShellPlace, request: ShellRequest): Promise<Shell> {
    const { connection, kept } = this.#parts();
    const name = await this.#containerOf(place);
    const attemptId = place.kind === 'attempt' && kept.has(place.attemptId) ? place.attemptId : undefined;
    if (attemptId !== undefined) await this.#wake(attemptId);
    try {
      const shell = await connection.call((docker) => execShell(docker, docker.getContainer(name), request));
      if (attemptId !== undefined) void shell.ended.catch(() => undefined).then(() => this.#leave(attemptId));
      return shell;
    } catch (error) {
      if (attemptId !== undefined) await this.#leave(attemptId);
      throw shellErrorOf(error);
    }
  }

  kept(): readonly KeptSandbox[] {
    return this.#parts().kept.list();
  }

  async release(attemptId: string): Promise<void> {
    await this.#parts().kept.release(attemptId);
  }

  /** Processes of machines are looked for on their machine. */
  async #containerOf(place: ShellPlace): Promise<string> {
    if (place.kind === 'node') return nodeContainerName(place.nodeId);
    const spec = await this.#parts().specOf(place.attemptId);
    if (spec?.nodeId !== undefined && spec.contract === 'vm') return nodeContainerName(spec.nodeId);
    return containerName(place.attemptId);
  }

  async #wake(attemptId: string): Promise<void> {
    const { deps, kept } = this.#parts();
    const spec = kept.get(attemptId)?.spec;
    if (spec === undefined) throw new ShellError('It is not kept any more.');
    this.#open.set(attemptId, (this.#open.get(attemptId) ?? 0) + 1);
    try {
      await wakeAttempt(spec, deps);
    } catch (error) {
      await this.#leave(attemptId);
      throw shellErrorOf(error);
    }
  }

  /** The last one that leaves puts out the light: nothing of a kept attempt runs without somebody who looks. */
  async #leave(attemptId: string): Promise<void> {
    const left = (this.#open.get(attemptId) ?? 1) - 1;
    if (left > 0) {
      this.#open.set(attemptId, left);
      return;
    }
    this.#open.delete(attemptId);
    await this.#parts()
      .deps.sandboxes.kill(attemptId)
      .catch(() => undefined);
  }
}

function shellErrorOf(error: unknown): ShellError {
  if (error instanceof ShellError) return error;
  if (statusOf(error) === 404 || statusOf(error) === 409) {
    return new ShellError('It does not run any more.', { cause: error });
  }
  return new ShellError(daemonMessage(error), { cause: error });
}
