import { type BatchComputeClient, ConnectionError, type OssClient } from '@rebatch/client';
import { isFinal, type InstanceView, type JobView, type TaskView } from '@rebatch/model';
import { setTimeout as sleep } from 'node:timers/promises';
import { followLog } from './follow-log.ts';
import { LineSplitter } from './line-splitter.ts';

export type LogStream = 'stdout' | 'stderr';

export interface LogSource {
  task: string;
  instance: number;
  stream: LogStream;
}

export interface JobFollower {
  /** The job as it is now; told at every look. */
  job?(job: JobView): void;
  /** A line that a program wrote. */
  line?(source: LogSource, line: string): void;
  /** The next bytes of a log; more are read when it resolves. */
  bytes?(source: LogSource, bytes: Uint8Array): Promise<void>;
  /** A log is read to its end. */
  logEnd?(source: LogSource): Promise<void>;
  /** The server does not answer; told once each time it goes away, and followed by `job` when it is back. */
  away?(error: ConnectionError): void;
}

export interface FollowJobOptions {
  streams: readonly LogStream[];
  /** Which instances' logs are wanted; all when absent. */
  wanted?: (task: string, instance: number) => boolean;
  signal: AbortSignal;
}

const FIRST_LOOK_MS = 300;
const CALM_LOOK_MS = 1_000;
/** How long a server may be away (a restart, say) before following is given up. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Follows a job and the logs of its instances until it is over and every log is read.
 * @returns the job as it ended
 * @throws ConnectionError when the server stays away; the signal's reason when aborted
 */
export async function followJob(
  clients: { jobs: BatchComputeClient; oss: OssClient },
  jobId: string,
  follower: JobFollower,
  options: FollowJobOptions,
): Promise<JobView> {
  const followed = new InstanceLogs(clients, jobId, follower, options);
  let pause = FIRST_LOOK_MS;
  let awaySince: number | undefined;
  for (;;) {
    const began = Date.now();
    try {
      const job = await clients.jobs.getJob(jobId);
      awaySince = undefined;
      follower.job?.(job);
      await followed.look(isFinal(job.State));
      if (isFinal(job.State)) {
        await followed.end();
        return job;
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (awaySince === undefined) follower.away?.(error);
      awaySince ??= Date.now();
      if (Date.now() - awaySince > PATIENCE_MS) throw error;
    }
    // A large job takes longer to look at, and is looked at less often.
    const effort = Date.now() - began;
    await sleep(Math.max(pause, effort * 4), undefined, { signal: options.signal });
    pause = Math.min(CALM_LOOK_MS, pause * 1.3);
  }
}

/** The logs of a job's instances, each followed from when it is first seen running until it is final. */
class InstanceLogs {
  readonly #clients: { jobs: BatchComputeClient; oss: OssClient };
  readonly #jobId: string;
  readonly #follower: JobFollower;
  readonly #options: FollowJobOptions;
  /** By `task/number`. */
  readonly #open = new Map<string, { ended: boolean }>();
  readonly #finalSeen = new Map<string, Set<number>>();
  readonly #work: Promise<void>[] = [];

  constructor(
    clients: { jobs: BatchComputeClient; oss: OssClient },
    jobId: string,
    follower: JobFollower,
    options: FollowJobOptions,
  ) {
    this.#clients = clients;
    this.#jobId = jobId;
    this.#follower = follower;
    this.#options = options;
  }

  async look(jobIsFinal: boolean): Promise<void> {
    if (this.#options.streams.length === 0) return;
    for await (const task of this.#clients.jobs.tasks(this.#jobId)) {
      if (task.State !== 'Waiting') await this.#lookAt(task, jobIsFinal);
    }
  }

  /** Resolves when every log is read to its end. */
  async end(): Promise<void> {
    for (const log of this.#open.values()) log.ended = true;
    await Promise.all(this.#work);
  }

  async #lookAt(task: TaskView, jobIsFinal: boolean): Promise<void> {
    const { TaskName: name, InstanceMetrics: counts } = task;
    const finals = this.#finalSeen.get(name) ?? new Set<number>();
    this.#finalSeen.set(name, finals);
    if (!jobIsFinal && counts.RunningCount > 0) {
      for await (const instance of this.#instances(name, 'Running')) this.#follow(name, instance);
    }
    for (const state of ['Finished', 'Failed', 'Stopped'] as const) {
      const count = counts[`${state}Count`];
      if (count === 0 || counts.FinishedCount + counts.FailedCount + counts.StoppedCount <= finals.size)
        continue;
      for await (const instance of this.#instances(name, state)) {
        if (finals.has(instance.InstanceId)) continue;
        finals.add(instance.InstanceId);
        // One that was stopped before it ran has no log.
        if (instance.StartTime !== '') this.#follow(name, instance);
        const log = this.#open.get(`${name}/${instance.InstanceId}`);
        if (log !== undefined) log.ended = true;
      }
    }
  }

  #instances(task: string, state: InstanceView['State']) {
    return this.#clients.jobs.instances(this.#jobId, task, { state });
  }

  #follow(task: string, instance: InstanceView): void {
    const key = `${task}/${instance.InstanceId}`;
    if (this.#open.has(key) || this.#options.wanted?.(task, instance.InstanceId) === false) return;
    const log = { ended: false };
    this.#open.set(key, log);
    for (const stream of this.#options.streams) {
      const url = stream === 'stdout' ? instance.StdoutRedirectPath : instance.StderrRedirectPath;
      if (url === '') continue;
      const source = { task, instance: instance.InstanceId, stream };
      const work = this.#read(source, url, () => log.ended);
      // Aborting ends the look that waits for it; a failure is told by `end`.
      work.catch(() => {});
      this.#work.push(work);
    }
  }

  async #read(source: LogSource, url: string, ended: () => boolean): Promise<void> {
    const { signal } = this.#options;
    const lines = new LineSplitter();
    for await (const bytes of followLog(this.#clients.oss, url, ended, signal)) {
      await this.#follower.bytes?.(source, bytes);
      if (this.#follower.line !== undefined)
        for (const line of lines.push(bytes)) this.#follower.line(source, line);
    }
    for (const line of lines.end()) this.#follower.line?.(source, line);
    await this.#follower.logEnd?.(source);
  }
}
