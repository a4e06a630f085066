import type { AttemptSpec } from '@rebatch/worker';

/** Everything needed to make a machine of a cluster, resolved: no default and no image id is left. */
export interface NodeSpec {
  /** Unique for ever and safe as a container name: `i-` and letters and digits. */
  id: string;
  clusterId: string;
  group: string;
  /** Account number of the cluster's owner: only its buckets may be mounted. */
  owner: string;
  hostName: string;
  /** Container image reference. */
  image: string;
  /** Environment of Bootstrap and of everything that runs on the machine. */
  env: Record<string, string>;
  /** Command line that root runs once, before the machine takes work; "" for none. */
  bootstrap: string;
  /** What the metadata server tells the machine. */
  userData: Record<string, string>;
  /** Objects and prefixes that Bootstrap finds in place. */
  mounts: AttemptSpec['inputs'];
  /** Absent: no limit. */
  resources?: { cpus: number; memoryBytes: number };
  /** Absent: none. Not `required`: none will do where the host has none. */
  gpus?: { count: number; required: boolean };
  region: string;
}

/** What happens to a machine. `removed` is the last word; after `failed` and `lost` it must still be asked for. */
export type NodeEvent =
  /** It exists; its bootstrap runs. */
  | { type: 'starting'; nodeId: string }
  /** It takes work. Told again of a machine that is adopted. */
  | { type: 'running'; nodeId: string; ip: string }
  /** It cannot be made, or its bootstrap failed. `code`: one word; `message`: for people. */
  | { type: 'failed'; nodeId: string; code: string; message: string }
  /** It ended by itself, with everything that ran on it. */
  | { type: 'lost'; nodeId: string; message: string }
  | { type: 'removed'; nodeId: string };

/**
 * Makes and removes machines of clusters. All methods can be repeated, return at once, and wait while the engine cannot
 * be reached. What happens comes as {@link NodeEvent}.
 */
export interface NodePool {
  /** Machines that may exist at once. */
  readonly limit: number;
  /** Makes the machine, or goes on with the one that exists (after a restart of the server). */
  add(spec: NodeSpec): void;
  /** Removes it with everything that runs on it; `removed` follows, also when there is no such machine. */
  remove(node: { id: string; clusterId: string }): void;
  /** Machines that exist. */
  list(): Promise<{ id: string; clusterId: string }[]>;
}
