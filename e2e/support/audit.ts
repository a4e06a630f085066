import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StartedServer } from './server.ts';

/** A job that must have run to its end, as it was submitted. */
export interface AuditedJob {
  id: string;
  /** `after`: tasks that must be through before it begins. */
  tasks: Record<string, { instances: number; after?: string[] }>;
}

/** What must never happen, counted; all are 0 on a good night. */
export interface Audit {
  attempts: number;
  /** When the last sandbox was let go of, milliseconds since the epoch: all it did was stored by then. */
  storedAt: number;
  /** Instances without a successful end, and jobs that are not Finished. */
  lost: number;
  /** Attempts that began again, beside another one of their instance, or after it had succeeded. */
  twice: number;
  /** Attempts that began above the number of slots. */
  overCapacity: number;
  /** Attempts that began before all predecessors had succeeded. */
  dependencyBroken: number;
  /** Counts of jobs, tasks and instances that do not add up. */
  metricsWrong: number;
}

export const CLEAN: Omit<Audit, 'attempts' | 'storedAt'> = {
  lost: 0,
  twice: 0,
  overCapacity: 0,
  dependencyBroken: 0,
  metricsWrong: 0,
};

/** `REBATCH_SIMULATE` needs `keep=1`: the audit reads the journal of the simulated sandboxes, not the server's word. */
export async function audit(server: StartedServer, slots: number, jobs: AuditedJob[]): Promise<Audit> {
  const night = await readNight(join(server.dataDir, 'simulation.log'), slots, jobs);
  let { lost } = night;
  let metricsWrong = 0;
  for (const { id, tasks } of jobs) {
    const job = await server.client.getJob(id);
    if (job.State !== 'Finished') lost++;
    const all = Object.values(tasks).reduce((sum, { instances }) => sum + instances, 0);
    metricsWrong += wrongCounts(job.TaskMetrics, Object.keys(tasks).length);
    metricsWrong += wrongCounts(job.InstanceMetrics, all);
  }
  const metrics = await (await fetch(`${server.api}/metrics`)).text();
  const figure = (name: string): number =>
    Number(new RegExp(`^${RegExp.escape(name)} (\\d+)$`, 'm').exec(metrics)?.[1]);
  if (figure('rebatch_jobs{state="Finished"}') !== jobs.length) metricsWrong++;
  if (figure('rebatch_slots_busy') !== 0) metricsWrong++;
  return { ...night, lost, metricsWrong };
}

type Counts = Record<`${'Waiting' | 'Running' | 'Finished' | 'Failed' | 'Stopped'}Count`, number>;

function wrongCounts(counts: Counts, expected: number): number {
  const sum = Object.values(counts).reduce((total, count) => total + count, 0);
  return sum === expected && counts.FinishedCount === expected ? 0 : 1;
}

/** One instance, as the journal tells. */
interface Seen {
  running: number;
  succeeded: boolean;
  /** Its success was stored: the server let go of the sandbox. */
  stored: boolean;
}

/** What the journal of simulated sandboxes tells of a night. */
export async function readNight(
  journal: string,
  slots: number,
  jobs: AuditedJob[],
): Promise<Omit<Audit, 'metricsWrong'>> {
  const after = new Map<string, string[]>();
  const left = new Map<string, number>();
  for (const { id, tasks } of jobs) {
    for (const [name, task] of Object.entries(tasks)) {
      after.set(`${id}.${name}`, task.after ?? []);
      left.set(`${id}.${name}`, task.instances);
    }
  }
  const instances = new Map<string, Seen>();
  const begun = new Set<string>();
  const night = { attempts: 0, storedAt: 0, lost: 0, twice: 0, overCapacity: 0, dependencyBroken: 0 };
  let running = 0;
  for await (const line of createInterface({ input: createReadStream(journal) })) {
    const [what, at, id = '', ...rest] = line.split(' ');
    const [jobId = '', taskName = '', number = ''] = id.split('.');
    const task = `${jobId}.${taskName}`;
    const name = `${task}.${number}`;
    const seen = instances.get(name) ?? { running: 0, succeeded: false, stored: false };
    instances.set(name, seen);
    if (what === 'begin') {
      night.attempts++;
      running++;
      if (running > slots) night.overCapacity++;
      if (begun.has(id) || seen.running > 0 || seen.stored) night.twice++;
      if ((after.get(task) ?? []).some((other) => left.get(`${jobId}.${other}`) !== 0))
        night.dependencyBroken++;
      begun.add(id);
      seen.running++;
    } else if (what === 'end') {
      running--;
      seen.running--;
      const outcome: { kind: string; exitCode?: number } = JSON.parse(rest.join(' '));
      if (outcome.kind !== 'exited' || outcome.exitCode !== 0) continue;
      if (!seen.succeeded) left.set(task, (left.get(task) ?? 0) - 1);
      seen.succeeded = true;
    } else if (what === 'forget') {
      night.storedAt = Number(at);
      seen.stored = seen.succeeded;
    }
  }
  for (const count of left.values()) night.lost += Math.max(0, count);
  return night;
}

/** @throws Error when the night broke one of the laws; gives it back when not. */
export async function auditOrThrow(...args: Parameters<typeof audit>): Promise<Audit> {
  const night = await audit(...args);
  const broken = Object.keys(CLEAN).filter((law) =>
    Object.entries(night).some(([name, n]) => name === law && n > 0),
  );
  if (broken.length > 0) throw new Error(`The audit found broken laws: ${JSON.stringify(night)}`);
  return night;
}
