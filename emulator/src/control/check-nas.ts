import {
  invalidParameter,
  isNasUrl,
  type Mounts,
  type NasFolder,
  nasPlace,
  type TaskDescription,
} from '@rebatch/model';

/** A URL of a file server, and the dotted path of the field that names it. */
interface NasMention {
  url: string;
  path: string;
}

/** @throws Invalid{path} for a URL of a file server that no folder of this host stands for, for this owner. */
export function checkNas(
  folders: readonly NasFolder[] | undefined,
  owner: string,
  mentions: readonly NasMention[],
): void {
  if (folders === undefined) return;
  for (const { url, path } of mentions) {
    const place = nasPlace(folders, owner, url);
    if ('problem' in place) throw invalidParameter(path, `${url} cannot be used. ${place.problem}`);
  }
}

/** All that a task says of file servers. `path`: of the task in the request. */
export function nasUrlsOf(task: TaskDescription, path: string): NasMention[] {
  return [
    ...mentioned(Object.keys(task.InputMapping), `${path}.InputMapping`),
    ...mentioned(Object.values(task.OutputMapping), `${path}.OutputMapping`),
    ...nasUrlsOfMounts(task.Mounts, `${path}.Mounts`),
    ...nasUrlsOfMounts(task.AutoCluster?.Configs?.Mounts, `${path}.AutoCluster.Configs.Mounts`),
  ];
}

export function nasUrlsOfMounts(mounts: Mounts | undefined, path: string): NasMention[] {
  const sources = (mounts?.Entries ?? []).map((entry) => entry.Source);
  return mentioned(sources, `${path}.Entries`);
}

function mentioned(urls: readonly string[], path: string): NasMention[] {
  return urls.filter(isNasUrl).map((url) => ({ url, path }));
}
