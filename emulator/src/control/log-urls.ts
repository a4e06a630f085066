export interface InstanceName {
  jobId: string;
  taskName: string;
  instanceId: number;
}

const suffix = ({ jobId, taskName, instanceId }: InstanceName): string =>
  `${jobId}.${taskName}.${instanceId}`;

/** Object of an instance's stream below a log prefix (spec/batchcompute-api.md §14); undefined without a prefix. */
export function logUrl(
  prefix: string | undefined,
  stream: 'stdout' | 'stderr',
  instance: InstanceName,
): string | undefined {
  if (prefix === undefined || prefix === '') return undefined;
  return `${prefix.endsWith('/') ? prefix : `${prefix}/`}${stream}.${suffix(instance)}`;
}

/**
 * Where a file of LogMapping goes: `{OSS folder}{base name}.{JobId}.{TaskName}.{InstanceId}`, which is where clients look
 * (spec §14). A folder goes below the OSS folder as it is, like an output.
 */
export function mappedLogUrl(url: string, path: string, instance: InstanceName): string {
  if (path.endsWith('/') || path.endsWith('\\') || !url.endsWith('/')) return url;
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return `${url}${base}.${suffix(instance)}`;
}
