import type { Charset } from '@rebatch/mount';

/** Everything needed to run one attempt, resolved: no App, no default, no image alias is left. */
export interface AttemptSpec {
  /** Unique for ever and safe as a container name: `<jobId>.<task>.<instance>.<attempt>`. */
  id: string;
  jobId: string;
  taskName: string;
  instanceId: number;
  /** 0 for the first try of this instance since the job was last (re)started, then 1, 2 … over all restarts. */
  attempt: number;
  instanceCount: number;
  /** Account number of the job's owner: only its buckets may be touched. */
  owner: string;
  /** Container image reference. */
  image: string;
  /** `oss://bucket/prefix/` of the registry storage that has the image (spec §13); absent: the engine knows where. */
  registryUrl?: string;
  /** `docker`: the contract of spec §11.2 (root, /batchcompute/workdir, PATH of §11.1); `vm`: work folder below /home/admin. */
  contract: 'docker' | 'vm';
  commandLine: string;
  /** Environment from the App, the cluster and the task, task winning; without the BATCH_COMPUTE_* of §11.1. */
  env: Record<string, string>;
  packageUrl?: string;
  /** Inputs: where an object or prefix appears in the sandbox. */
  inputs: { url: string; path: string; writable: boolean; charset?: Charset }[];
  /** Of names of files that the program makes elsewhere. Default, as of inputs: UTF-8. */
  charset?: Charset;
  /** Outputs and logs: what is uploaded after the program ended. */
  outputs: { path: string; url: string }[];
  logs: { path: string; url: string }[];
  /** Full object URLs (`oss://bucket/…/stdout.<job>.<task>.<n>`); absent: the stream is dropped. */
  stdoutUrl?: string;
  stderrUrl?: string;
  timeoutSeconds: number;
  /** Keep the sandbox when the attempt fails (ReserveOnFail, spec §7); absent: it is removed. */
  keepOnFail?: true;
  /** Absent: no limit. */
  resources?: { cpus: number; memoryBytes: number };
  /** Absent: none. Not `required`: none will do where the host has none. */
  gpus?: { count: number; required: boolean };
  clusterId?: string;
  /** Machine of the cluster that the attempt has for itself; absent outside of clusters. */
  nodeId?: string;
  region: string;
}

/** How an attempt ended. Only `lost` is not the program's fault and does not count against MaxRetryCount. */
export type AttemptOutcome =
  | { kind: 'exited'; exitCode: number }
  | { kind: 'killed'; reason: 'timeout' | 'oom' | 'signal'; exitCode: number }
  /** Could not be prepared or its results not be stored: a bad package, a missing image, a bucket that is not there. */
  | { kind: 'failed'; code: string; message: string }
  /** The sandbox is gone (daemon restarted, node lost) or never came to be for such a reason. */
  | { kind: 'lost'; message: string }
  | { kind: 'stopped' };

export type AttemptEvent =
  /** What takes long before the program starts, as one clause; the last counts. */
  | { type: 'preparing'; attemptId: string; what: string }
  /** `at`: milliseconds since the epoch, when the program itself started. */
  | { type: 'started'; attemptId: string; at: number; nodeIp: string }
  /** Whole percent of the instance's piece, by what its launcher prints; only ever more. Below 100 until the end. */
  | { type: 'progress'; attemptId: string; percent: number }
  /** Sent after outputs and logs are stored (spec clients.md §6.5). */
  | { type: 'ended'; attemptId: string; at: number; outcome: AttemptOutcome };
