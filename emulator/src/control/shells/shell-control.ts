import { attemptId, notFound, nothingToEnter } from '@rebatch/model';
import {
  type KeptSandbox,
  type Shell,
  ShellError,
  type ShellHost,
  type ShellPlace,
  type ShellRequest,
} from '../../executor/shells.ts';
import type { Store } from '../../store/store.ts';
import type { Caller } from '../control.ts';

/** One instance of a task. */
interface InstanceAddress {
  jobId: string;
  taskName: string;
  instanceId: number;
}

export interface ShellControlOptions {
  store: Store;
  /** Absent: this server's executor has nothing to look into. */
  shells: ShellHost | undefined;
  /** Writes down who looked into what. */
  audit: (entry: AuditEntry) => void;
}

/** An event of the owner's log that is no change of state. */
interface AuditEntry {
  owner: string;
  name: 'OnShellOpened';
  /** Job or cluster. */
  subject: string;
  body: Readonly<Record<string, unknown>>;
}

/** What a caller can look into: running attempts, kept ones and machines, all of the caller's own. */
export interface ShellControl {
  /** @throws WireError InvalidResource.NotFound; StateConflict when nothing of the instance is there to look into */
  openInInstance(caller: Caller, address: InstanceAddress, request: ShellRequest): Promise<Shell>;
  /** @throws WireError InvalidResource.NotFound, StateConflict */
  openOnNode(
    caller: Caller,
    address: { clusterId: string; group: string; nodeId: string },
    request: ShellRequest,
  ): Promise<Shell>;
  listReserved(caller: Caller): KeptSandbox[];
  /** @throws WireError InvalidResource.NotFound */
  releaseReserved(caller: Caller, address: InstanceAddress): Promise<void>;
}

export function shellControl({ store, shells, audit }: ShellControlOptions): ShellControl {
  const keptOf = ({ owner }: Caller, address: InstanceAddress): KeptSandbox | undefined =>
    shells?.kept().find((kept) => kept.owner === owner && isInstance(kept, address));

  const open = async (place: ShellPlace, request: ShellRequest): Promise<Shell> => {
    try {
      return await (shells ?? noShells()).open(place, request);
    } catch (error) {
      throw error instanceof ShellError ? nothingToEnter(error.message) : error;
    }
  };

  return {
    async openInInstance(caller, address, request) {
      const running = runningAttempt(store, caller, address);
      const id = running ?? keptOf(caller, address)?.attemptId;
      if (id === undefined) {
        if (!hasInstance(store, caller, address)) throw notFound();
        throw nothingToEnter('The instance does not run, and its sandbox was not kept (ReserveOnFail).');
      }
      const shell = await open({ kind: 'attempt', attemptId: id }, request);
      const { jobId: JobId, taskName: TaskName, instanceId: InstanceId } = address;
      const body = { Category: 'Job', JobId, TaskName, InstanceId, Command: request.command };
      audit({ owner: caller.owner, name: 'OnShellOpened', subject: JobId, body });
      return shell;
    },
    async openOnNode(caller, { clusterId, group, nodeId }, request) {
      const cluster = store.findCluster(clusterId);
      const node = store.findNode(clusterId, group, nodeId);
      if (cluster?.owner !== caller.owner || node === undefined) throw notFound();
      const shell = await open({ kind: 'node', nodeId }, request);
      const names = { ClusterId: clusterId, GroupName: group, InstanceId: nodeId };
      const body = { Category: 'Cluster', ...names, Command: request.command };
      audit({ owner: caller.owner, name: 'OnShellOpened', subject: clusterId, body });
      return shell;
    },
    listReserved: ({ owner }) => (shells?.kept() ?? []).filter((kept) => kept.owner === owner),
    async releaseReserved(caller, address) {
      const kept = keptOf(caller, address);
      if (kept === undefined) throw notFound();
      await shells?.release(kept.attemptId);
    },
  };
}

function isInstance(kept: KeptSandbox, { jobId, taskName, instanceId }: InstanceAddress): boolean {
  return kept.jobId === jobId && kept.taskName === taskName && kept.instanceId === instanceId;
}

/** Id of the attempt whose program runs. */
function runningAttempt(store: Store, { owner }: Caller, address: InstanceAddress): string | undefined {
  const job = store.findJob(address.jobId);
  const task = job?.owner === owner ? store.findTask(job.seq, address.taskName) : undefined;
  const instance = task && store.findInstance(task, address.instanceId);
  return instance?.phase === 'Running' ? attemptId({ ...address, attempt: instance.attempt }) : undefined;
}

function hasInstance(store: Store, { owner }: Caller, address: InstanceAddress): boolean {
  const job = store.findJob(address.jobId);
  const task = job?.owner === owner ? store.findTask(job.seq, address.taskName) : undefined;
  return task !== undefined && store.findInstance(task, address.instanceId) !== undefined;
}

function noShells(): never {
  throw nothingToEnter('This server runs no programs that could be looked into.');
}
