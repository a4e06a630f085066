import { totalmem } from 'node:os';
import type { SandboxSpec } from '@rebatch/worker';
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { type GpuSupport, gpuOptions } from './gpus.ts';

export const LABEL_ATTEMPT = 'dev.rebatch.attempt';
/** The account that an attempt is of; whose network it is. */
export const LABEL_ACCOUNT = 'dev.rebatch.account';
/** Whose container it is: two servers on one daemon leave each other's alone. */
export const LABEL_DATA = 'dev.rebatch.data';

/** Of Docker's defaults, what no render or pipeline needs: making devices, and raw packets on the shared bridge. */
export const DROPPED_CAPABILITIES = ['MKNOD', 'NET_RAW'];
const NANO = 1e9;

export function containerName(attemptId: string): string {
  return `rebatch-${attemptId}`;
}

/** What containers must know of the server that makes them, and of its host. */
export interface ContainerHost {
  dataId: string;
  /** Processes and threads that a container may have. */
  maxProcesses: number;
  gpus(): GpuSupport;
}

/** The container of a sandbox: root in a fresh file tree, with an init that reaps, never more rights than it starts with. */
export function containerOptions(
  spec: SandboxSpec,
  host: ContainerHost,
  network: string,
): ContainerCreateOptions {
  const [program, ...args] = spec.command;
  return {
    name: containerName(spec.attemptId),
    Image: spec.image,
    User: '0:0',
    Entrypoint: program === undefined ? [] : [program],
    Cmd: args,
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: spec.workingDirectory,
    Labels: { [LABEL_ATTEMPT]: spec.attemptId, [LABEL_ACCOUNT]: spec.owner, [LABEL_DATA]: host.dataId },
    // An image's own check would start a process in every container.
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      Init: true,
      // Output goes to files; see the worker's program script.
      LogConfig: { Type: 'none', Config: {} },
      NetworkMode: network,
      Mounts: spec.binds.map(({ source, target, readOnly = false }) => ({
        Type: 'bind',
        Source: source,
        Target: target,
        ReadOnly: readOnly,
      })),
      CapDrop: DROPPED_CAPABILITIES,
      SecurityOpt: ['no-new-privileges'],
      ...limits(spec, host),
      ...gpuOptions(spec, host.gpus()),
    },
  };
}

/**
 * Without resources, the machine is the limit; but never may a program that forks without end take it down. Shared memory is
 * half of all, as Linux has it: Docker's 64 MB are too little for browsers, PyTorch and some renderers.
 */
export function limits(
  { resources }: Pick<SandboxSpec, 'resources'>,
  { maxProcesses }: Pick<ContainerHost, 'maxProcesses'>,
): Pick<HostConfig, 'NanoCpus' | 'Memory' | 'MemorySwap' | 'PidsLimit' | 'ShmSize'> {
  const always = {
    PidsLimit: maxProcesses,
    ShmSize: Math.floor((resources?.memoryBytes ?? totalmem()) / 2),
  };
  if (resources === undefined) return always;
  return {
    ...always,
    NanoCpus: Math.round(resources.cpus * NANO),
    Memory: resources.memoryBytes,
    // The same figure: no swap on top.
    MemorySwap: resources.memoryBytes,
  };
}
