import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIRST_PROTOCOL, type MountPaths, RUN } from '../../host/mount-paths.ts';

/** What the daemon is told on its command line. */
export interface DaemonOptions extends Pick<MountPaths, 'state' | 'run' | 'protocol'> {
  /** Bytes that the cache may have. */
  cacheBytes: number;
}

/** Active from the start, or waiting for the active one to die; then descriptor 3 is the connection to the kernel. */
export type DaemonRole = 'active' | 'standby';

const MAIN = fileURLToPath(new URL('daemon-main.ts', import.meta.url));

export const DAEMON_ENV = {
  /** Threads for waiting readers, and for files. */
  UV_THREADPOOL_SIZE: '16',
  /** Starts with what an earlier daemon of this host compiled: in a third of the time, and in two thirds of the memory. */
  NODE_COMPILE_CACHE: join(RUN, 'compiled'),
};

export function daemonArguments(
  role: DaemonRole,
  { state, run, cacheBytes, protocol }: DaemonOptions,
): string[] {
  return [MAIN, role, state, run, String(cacheBytes), String(protocol)];
}

export function parseDaemonArguments(args: string[]): { role: DaemonRole; options: DaemonOptions } {
  // The daemon of an earlier release, which starts its standby from the files that are there now, may give no protocol.
  const [role, state = '', run = '', cacheBytes, protocol = FIRST_PROTOCOL] = args;
  return {
    role: role === 'standby' ? 'standby' : 'active',
    options: { state, run, cacheBytes: Number(cacheBytes), protocol: Number(protocol) },
  };
}
