import type { AttemptEvent, AttemptSpec } from '@rebatch/worker';
import type { NodeEvent, NodePool } from './nodes.ts';
import type { ShellHost } from './shells.ts';

export interface ExecutorCapabilities {
  /** Attempts that may run at once. */
  slots: number;
  gpu: boolean;
  windows: boolean;
}

/**
 * Whether attempts can be started now. `gatewayAddress`: an address of this host that sandboxes can reach, where the
 * object gateway must listen, too. `reason`: one sentence for people.
 */
export type ExecutorHealth =
  | { available: true; gatewayAddress?: string }
  | { available: false; reason: string };

/**
 * Runs attempts somewhere. The scheduler knows nothing else of the world (architecture.md §4).
 * All methods can be repeated: `start` of an attempt that is there adopts it, `stop` of one that is gone does nothing.
 */
export interface Executor {
  readonly capabilities: ExecutorCapabilities;
  /** What people can look into; absent where that is nothing. */
  readonly shells?: ShellHost;
  /** Machines of clusters; absent where there are none. */
  readonly nodes?: NodePool;
  /** Connects. Resolves even when the engine is down: then `health` says so and changes later. */
  open(listeners: ExecutorListeners): Promise<void>;
  health(): ExecutorHealth;
  /** Ids of the attempts whose sandbox exists, running or ended but not yet forgotten. */
  list(): Promise<string[]>;
  /**
   * Takes the attempt on, or goes on with it when its sandbox exists (after a restart of the server), and enforces its
   * timeout. Returns at once; what happens comes as events, the last being `ended`, even when starting fails.
   */
  start(spec: AttemptSpec): void;
  /**
   * Kills the program; `ended` follows. Also for a sandbox of `list` that was never started in this process, running or
   * ended: the scheduler clears away what nobody wants any more like this.
   */
  stop(attemptId: string): void;
  /** The `ended` event is stored: the sandbox and its folder may go. */
  forget(attemptId: string): void;
  /** True when the image can be used here. */
  hasImage(image: string): Promise<boolean>;
  /** Lets go without stopping sandboxes. */
  close(): Promise<void>;
}

export interface ExecutorListeners {
  event(event: AttemptEvent): void;
  healthChanged(health: ExecutorHealth): void;
  node?(event: NodeEvent): void;
}
