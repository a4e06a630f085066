import { BatchComputeClient, ClusterClient, OperationsClient, OssClient, ShellClient } from '@rebatch/client';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { dataFolder, type LocalServer, readLocalServer } from './data-folder.ts';

/**
 * Where the server is and who asks. Each value comes from its flag, else from its environment variable, else from the
 * data folder of the server on this machine; one that a command never asks for may be missing.
 */
export class Connection {
  readonly #options: Options;
  readonly #io: Io;
  readonly #local: LocalServer;
  #jobs: BatchComputeClient | undefined;
  #oss: OssClient | undefined;
  #operations: OperationsClient | undefined;
  #clusters: ClusterClient | undefined;
  #shells: ShellClient | undefined;

  constructor(options: Options, io: Io) {
    this.#options = options;
    this.#io = io;
    this.#local = readLocalServer(dataFolder(options.text('data'), io));
  }

  /** @throws CliError when no endpoint or key is known */
  get jobs(): BatchComputeClient {
    this.#jobs ??= new BatchComputeClient({ endpoint: this.#api(), ...this.#key() });
    return this.#jobs;
  }

  /** @throws CliError when no endpoint or key is known */
  get operations(): OperationsClient {
    this.#operations ??= new OperationsClient({ endpoint: this.#api(), ...this.#key() });
    return this.#operations;
  }

  /** @throws CliError when no endpoint or key is known */
  get clusters(): ClusterClient {
    this.#clusters ??= new ClusterClient({ endpoint: this.#api(), ...this.#key() });
    return this.#clusters;
  }

  /** @throws CliError when no endpoint or key is known */
  get shells(): ShellClient {
    this.#shells ??= new ShellClient({ endpoint: this.#api(), ...this.#key() });
    return this.#shells;
  }

  /** @throws CliError when no endpoint or key is known */
  get oss(): OssClient {
    this.#oss ??= new OssClient({
      endpoint: this.#value('oss-endpoint', 'REBATCH_OSS_ENDPOINT', this.#local.server?.oss),
      ...this.#key(),
    });
    return this.#oss;
  }

  /** Lets go of idle connections. */
  close(): void {
    this.#jobs?.close();
    this.#oss?.close();
    this.#operations?.close();
    this.#clusters?.close();
    this.#shells?.close();
  }

  #api(): string {
    return this.#value('endpoint', 'REBATCH_ENDPOINT', this.#local.server?.api);
  }

  #key(): { accessKeyId: string; accessKeySecret: string; securityToken?: string } {
    const { credentials } = this.#local;
    const securityToken = this.#options.text('security-token') || this.#io.env['REBATCH_SECURITY_TOKEN'];
    return {
      accessKeyId: this.#value('access-key-id', 'REBATCH_ACCESS_KEY_ID', credentials?.accessKeyId),
      accessKeySecret: this.#value(
        'access-key-secret',
        'REBATCH_ACCESS_KEY_SECRET',
        credentials?.accessKeySecret,
      ),
      ...(securityToken ? { securityToken } : {}),
    };
  }

  #value(option: string, variable: string, local: string | undefined): string {
    const value = this.#options.text(option) || this.#io.env[variable] || local;
    if (value !== undefined && value !== '') return value;
    const { folder } = this.#local;
    throw new CliError(
      this.#local.server === undefined
        ? `no server runs with its data in ${folder}: start one with "rebatch serve", or give --${option} or $${variable}`
        : `--${option} is not known: give it, or set $${variable}`,
    );
  }
}

/** Runs `work` with a connection that is closed afterwards. */
export async function withConnection<T>(
  options: Options,
  io: Io,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = new Connection(options, io);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}
