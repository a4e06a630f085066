import type {
  AppRevisionView,
  AvailableView,
  InstanceTypeView,
  InstanceView,
  JobView,
  Metrics,
  Page,
  QuotasView,
  State,
  TaskView,
} from '@rebatch/model';
import { STATES } from '@rebatch/model';
import { integer, list, map, object, text, texts } from './wire-value.ts';

/** spec/batchcompute-api.md §10.5. */
export function readJob(value: unknown): JobView {
  const job = object(value);
  return {
    Id: text(job.Id),
    Name: text(job.Name),
    Owner: text(job.Owner),
    OwnerId: integer(job.OwnerId),
    Priority: integer(job.Priority),
    State: readState(job.State),
    Message: text(job.Message),
    CreationTime: text(job.CreationTime),
    StartTime: text(job.StartTime),
    EndTime: text(job.EndTime),
    TaskMetrics: readMetrics(job.TaskMetrics),
    InstanceMetrics: readMetrics(job.InstanceMetrics),
  };
}

export function readTask(value: unknown): TaskView {
  const task = object(value);
  return {
    TaskName: text(task.TaskName),
    State: readState(task.State),
    StartTime: text(task.StartTime),
    EndTime: text(task.EndTime),
    InstanceMetrics: readMetrics(task.InstanceMetrics),
    Message: text(task.Message),
  };
}

export function readInstance(value: unknown): InstanceView {
  const instance = object(value);
  const result = object(instance.Result);
  const error = object(instance.Error);
  return {
    InstanceId: integer(instance.InstanceId),
    State: readState(instance.State),
    StartTime: text(instance.StartTime),
    EndTime: text(instance.EndTime),
    RetryCount: integer(instance.RetryCount),
    Progress: integer(instance.Progress),
    StdoutRedirectPath: text(instance.StdoutRedirectPath),
    StderrRedirectPath: text(instance.StderrRedirectPath),
    NodeIp: text(instance.NodeIp),
    Result: {
      ExitCode: integer(result.ExitCode),
      ErrorCode: text(result.ErrorCode),
      ErrorMessage: text(result.ErrorMessage),
      Detail: text(result.Detail),
    },
    Error: { Code: text(error.Code), Message: text(error.Message) },
    Message: text(instance.Message),
    Outputs: map(instance.Outputs, text),
  };
}

export function readRevisions(value: unknown): AppRevisionView[] {
  return list(value).map((entry) => {
    const revision = object(entry);
    return { Revision: integer(revision.Revision), UpdateTime: text(revision.UpdateTime) };
  });
}

/** spec/batchcompute-api.md §16. */
export function readQuotas(value: unknown): QuotasView {
  const quotas = object(value);
  return {
    AvailableClusterResourceType: texts(quotas.AvailableClusterResourceType),
    AvailableClusterInstanceDataDiskType: texts(quotas.AvailableClusterInstanceDataDiskType),
    AvailableClusterInstanceSystemDiskType: texts(quotas.AvailableClusterInstanceSystemDiskType),
    AvailableClusterInstanceType: texts(quotas.AvailableClusterInstanceType),
    AvailableSpotInstanceType: texts(quotas.AvailableSpotInstanceType),
  };
}

export function readAvailable(value: unknown): AvailableView {
  const available = object(value);
  return {
    AvailableClusterInstanceType: list(available.AvailableClusterInstanceType).map(readInstanceType),
    AvailableSpotInstanceType: list(available.AvailableSpotInstanceType).map(readInstanceType),
    AvailablePrepaidInstanceType: list(available.AvailablePrepaidInstanceType).map(readInstanceType),
    AvailableResourceType: texts(available.AvailableResourceType),
    AvailableSystemDiskType: texts(available.AvailableSystemDiskType),
    AvailableDataDiskType: texts(available.AvailableDataDiskType),
  };
}

/** A page; a bare array is one page, too (spec/clients.md §2.3). A numeric end marker 0 means the end (§4.4). */
export function readPage<T>(value: unknown, read: (item: unknown) => T): Page<T> {
  if (Array.isArray(value)) return { Items: value.map(read), NextMarker: '' };
  const page = object(value);
  const marker = page.NextMarker;
  return { Items: list(page.Items).map(read), NextMarker: marker === 0 ? '' : text(marker) };
}

function readInstanceType(value: unknown): InstanceTypeView {
  const type = object(value);
  const network = object(type.Network);
  return {
    InstanceType: text(type.InstanceType),
    CpuCore: integer(type.CpuCore),
    MemorySize: Number(type.MemorySize ?? 0),
    Network: { Classic: network.Classic === true, Vpc: network.Vpc === true },
  };
}

function readMetrics(value: unknown): Metrics {
  const metrics = object(value);
  return {
    WaitingCount: integer(metrics.WaitingCount),
    RunningCount: integer(metrics.RunningCount),
    FinishedCount: integer(metrics.FinishedCount),
    FailedCount: integer(metrics.FailedCount),
    StoppedCount: integer(metrics.StoppedCount),
  };
}

/** An unknown text counts as Waiting: nobody may take it for an end. */
function readState(value: unknown): State {
  return STATES.find((state) => state === value) ?? 'Waiting';
}
