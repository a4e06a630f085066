import { SHELL_PROTOCOL } from '@rebatch/model';
import { ApiSession } from '../batchcompute/api-session.ts';
import type { NodePath } from '../batchcompute/cluster-client.ts';
import { type ClientOptions, KeyedServer } from '../http/keyed-server.ts';
import { path, resource } from '../batchcompute/resource.ts';
import { type Reserved, readReserved } from './reserved.ts';
import { type ShellListener, type ShellOptions, ShellSession } from './shell-session.ts';

/** One instance of a task. */
export interface InstanceAddress {
  jobId: string;
  taskName: string;
  instanceId: number;
}

/**
 * Looks into sandboxes and machines of a Rebatch server. Every method throws `BatchComputeError` when the server refuses
 * (`StateConflict` when nothing is there to look into) and `ConnectionError` when none answers.
 */
export class ShellClient {
  readonly #session: ApiSession;

  /** @throws TypeError when the endpoint is no address. */
  constructor(options: ClientOptions) {
    this.#session = new ApiSession(new KeyedServer(options));
  }

  /** Runs a command beside a running instance, or in the kept sandbox of a failed one. */
  async openInInstance(
    { jobId, taskName, instanceId }: InstanceAddress,
    options: ShellOptions,
    listener: ShellListener,
  ): Promise<ShellSession> {
    return this.#open(
      path('jobs', jobId, 'tasks', taskName, 'instances', instanceId, 'shell'),
      options,
      listener,
    );
  }

  async openOnNode(
    { clusterId, group, nodeId }: NodePath,
    options: ShellOptions,
    listener: ShellListener,
  ): Promise<ShellSession> {
    return this.#open(
      path('clusters', clusterId, 'groups', group, 'instances', nodeId, 'shell'),
      options,
      listener,
    );
  }

  /** Failed instances whose sandboxes are kept. */
  async reserved(): Promise<Reserved[]> {
    return readReserved(
      await this.#session.call({ method: 'GET', resource: path('reserved'), repeatable: true }),
    );
  }

  async release({ jobId, taskName, instanceId }: InstanceAddress): Promise<void> {
    const target = path('reserved', jobId, taskName, instanceId);
    await this.#session.call({ method: 'DELETE', resource: target, repeatable: false });
  }

  /** Lets go of idle connections; shells stay open. */
  close(): void {
    this.#session.close();
  }

  async #open(
    target: string,
    { command = [], terminal }: ShellOptions,
    listener: ShellListener,
  ): Promise<ShellSession> {
    const query = {
      Command: command.length === 0 ? undefined : JSON.stringify(command),
      Terminal: terminal?.name,
      Columns: terminal?.columns,
      Rows: terminal?.rows,
    };
    const connection = await this.#session.upgrade(resource(target, query), SHELL_PROTOCOL);
    return new ShellSession(connection, listener);
  }
}
