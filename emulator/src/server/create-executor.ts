import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import type { TaskKeys } from '@rebatch/worker';
import type { Executor } from '../executor/executor.ts';
import type { ServeOptions } from './serve-options.ts';

const MS_PER_HOUR = 3_600_000;

export interface ExecutorSurroundings {
  objects: ObjectStore;
  clock: Clock;
  /** Absent: programs get no key of the object store. */
  keys: TaskKeys | undefined;
  /** Account of the server's operator. */
  operator: string;
  /** Port of the OSS gateway, the same on every address. */
  ossPort: number;
  warn: (message: string) => void;
}

/** The executor that was asked for; only its own code is loaded. */
export async function createExecutor(
  options: ServeOptions,
  { objects, clock, keys, operator, ossPort, warn }: ExecutorSurroundings,
): Promise<Executor> {
  const { executor: name, slots = availableParallelism(), simulation, dataFolder } = options;
  const { mounts, nas, maxProcesses, registryAuthFile, keepFailed } = options;
  if (name === 'simulated') {
    const { simulatedExecutor } = await import('../executor/simulated/simulated-executor.ts');
    if (!simulation.keep) return simulatedExecutor({ clock, slots, simulation });
    const { openSandboxJournal } = await import('../executor/simulated/sandbox-journal.ts');
    const journal = openSandboxJournal(join(dataFolder, 'simulation.log'));
    return simulatedExecutor({ clock, slots, simulation, journal });
  }
  const { createDockerExecutor } = await import('../executor/docker/docker-executor.ts');
  const executor: Executor = createDockerExecutor({
    dataDir: dataFolder,
    operator,
    slots,
    objects,
    clock,
    ...(keys === undefined ? {} : { keys }),
    mounts,
    nas,
    warmUpMounts: true,
    maxProcesses,
    ...(registryAuthFile === undefined ? {} : { registryAuthFile }),
    keep: { count: keepFailed.count, forMs: keepFailed.hours * MS_PER_HOUR },
    warn,
    ossHost: () => `${gatewayAddress(executor)}:${ossPort}`,
  });
  return executor;
}

/** Attempts are prepared only while the executor is available; the fallback is for the moment when it just went away. */
function gatewayAddress(executor: Executor): string {
  const health = executor.health();
  return (health.available ? health.gatewayAddress : undefined) ?? '127.0.0.1';
}
