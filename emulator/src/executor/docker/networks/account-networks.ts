import { KeyedLock } from '@rebatch/objects';
import { LABEL_ACCOUNT, LABEL_DATA } from '../container-options.ts';
import type { DockerConnection } from '../docker-connection.ts';
import { ensureBridge } from './bridge.ts';
import type { SandboxNetworks } from './sandbox-networks.ts';
import { ensureSharedNetwork } from './shared-network.ts';

export interface AccountNetworksOptions {
  connection: DockerConnection;
  dataId: string;
  /** The account whose sandboxes are on the shared network. */
  operator: string;
}

/**
 * Keeps accounts apart: each but the operator's has a bridge of its own, made with its first sandbox and kept, since the engine
 * lets no packet through from one bridge to another. Sandboxes of one account reach each other, and all reach this host.
 */
export class AccountNetworks implements SandboxNetworks {
  readonly #options: AccountNetworksOptions;
  /** The engine would make two networks of one name. */
  readonly #making = new KeyedLock();

  constructor(options: AccountNetworksOptions) {
    this.#options = options;
  }

  async of(owner: string): Promise<string> {
    const { connection, dataId, operator } = this.#options;
    if (owner === operator) return connection.call(async (_, shared) => shared.name);
    await this.#ensure(owner);
    return networkName(dataId, owner);
  }

  async restore(owner: string): Promise<void> {
    const { connection, operator } = this.#options;
    if (owner === operator) await connection.call(ensureSharedNetwork);
    else await this.#ensure(owner);
  }

  async #ensure(owner: string): Promise<void> {
    const { connection, dataId } = this.#options;
    const labels = { [LABEL_DATA]: dataId, [LABEL_ACCOUNT]: owner };
    await this.#making.run(owner, () =>
      connection.call((docker) => ensureBridge(docker, { name: networkName(dataId, owner), labels })),
    );
  }
}

/** Accounts of two servers have the same numbers. */
function networkName(dataId: string, owner: string): string {
  return `rebatch-${dataId}-${owner}`;
}
