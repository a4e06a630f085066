import type { NasFolder } from '@rebatch/model';
import type { MountMode } from '@rebatch/mount';
import type { S3StoreOptions } from '@rebatch/objects';
import type { Simulation } from '../executor/simulated/parse-simulation.ts';

/** What `rebatch serve` was asked for, checked and with every default filled (architecture.md §6). */
export interface ServeOptions {
  dataFolder: string;
  host: string;
  /** 0: any free port. */
  apiPort: number;
  ossPort: number;
  executor: 'docker' | 'simulated';
  region: string;
  /** Present: the bytes of objects go there instead of to files. */
  s3?: S3ServeOptions;
  /** Attempts that may run at once; absent: what the machine has. */
  slots?: number;
  /** How inputs come to programs: mounted, or copied first. */
  mounts: MountMode;
  /** Programs find a key for the places that their job names. */
  taskKeys: boolean;
  /** Folders of this host that stand for those of file servers. */
  nas: readonly NasFolder[];
  /** Refuse sizes larger than the machine instead of fitting them to it. */
  strictSizes: boolean;
  /** Processes and threads that a sandbox may have. */
  maxProcesses: number;
  /** File with passwords of registries, as Docker's config.json has them. */
  registryAuthFile?: string;
  /** Failed attempts whose sandboxes are kept when their tasks want that (ReserveOnFail), and for how many hours. */
  keepFailed: { count: number; hours: number };
  /** Present: also serve under the vendor's names, telling API from OSS by Host. */
  vendorPorts?: { http: number; https: number };
  /** The first account's key; absent: made at first start. */
  accessKey?: { id: string; secret: string };
  /** Hosts that the OSS gateway may call back when an object is stored; absent: none. */
  callbackHosts?: readonly string[];
  /** How attempts of the simulated executor go. */
  simulation: Simulation;
  logLevel: LogLevel;
  logFormat: LogFormat;
  /** Jobs that are over and kept, the newest. */
  keepJobs: number;
  /** Days for which a job that is over is kept. */
  keepDays: number;
}

/** An S3 server and how to use it; `redirectFrom` is in bytes. */
export interface S3ServeOptions extends Omit<S3StoreOptions, 'dir' | 'clock'> {
  /** Least size of an object for which followers of signed links are sent to the S3 server itself. */
  redirectFrom?: number;
}

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];
