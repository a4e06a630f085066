import { isLocalFolder } from './local-path.ts';
import { isRemoteFolder } from './mapping.ts';

/** Which instance writes a log. */
export interface LogOwner {
  jobId: string;
  taskName: string;
  instanceId: number;
}

/**
 * The object that one of the two streams is written to: `{prefix}stdout.{JobId}.{TaskName}.{InstanceId}`
 * (spec/batchcompute-api.md §14). Retries of an instance share it.
 * @param prefix as parsed: a URL with `/` at its end
 */
export function streamLogUrl(prefix: string, stream: 'stdout' | 'stderr', owner: LogOwner): string {
  return `${prefix}${stream}${suffix(owner)}`;
}

/**
 * The object or folder that an entry of LogMapping goes to. A file that is mapped to a folder keeps its base name there,
 * followed by the instance's: `{folder}{base name}.{JobId}.{TaskName}.{InstanceId}` (spec §14). Other pairs stay as they are.
 */
export function mappedLogUrl(path: string, url: string, owner: LogOwner): string {
  if (isLocalFolder(path) || !isRemoteFolder(url)) return url;
  const baseName = path.split(/[\\/]/).at(-1) ?? '';
  const folder = url.endsWith('/') ? url : `${url}/`;
  return `${folder}${baseName}${suffix(owner)}`;
}

function suffix({ jobId, taskName, instanceId }: LogOwner): string {
  return `.${jobId}.${taskName}.${instanceId}`;
}
