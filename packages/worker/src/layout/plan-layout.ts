import { join } from 'node:path';
import { isNasUrl } from '@rebatch/model';
import type { Charset } from '@rebatch/mount';
import { AttemptFailure } from '../attempt-failure.ts';
import type { AttemptFolder } from '../attempt-folder.ts';
import { type Contract, type SettledSpec, WORK_FOLDER } from '../contract.ts';
import { type OssUrl, parseOssUrl } from '../oss-url.ts';
import { type Destination, destination } from './destination.ts';
import { type PlannedMount, planMounts } from './planned-mount.ts';
import { locate, type Region } from './regions.ts';
import { isPlace, type ResolvedInput, type ResolvedObjects } from './resolve-inputs.ts';

export interface PlannedUpload {
  from: Destination;
  to: OssUrl;
  /** Of names of files that the program made. Default: UTF-8. */
  charset?: Charset;
  /** Appended to names below a prefix: log files carry job, task and instance (spec §14). */
  suffix: string;
}

/** Where everything of an attempt lies, inside and on this host. */
export interface Layout {
  contract: Contract;
  workFolder: string;
  mounts: PlannedMount[];
  /** Of the mappings, and of what the program writes under writable inputs. */
  outputs: PlannedUpload[];
  logs: PlannedUpload[];
  /** Folders of their own: the work folder and outputs outside of it and of every mount. */
  folders: Region[];
  /** Output folders that lie inside a mount or another folder and must be made there. */
  nestedFolders: string[];
}

/**
 * Plans the attempt's file tree. Pure.
 * @throws AttemptFailure InvalidOutputMapping, InvalidLogMapping
 */
export function planLayout(spec: SettledSpec, folder: AttemptFolder, inputs: ResolvedInput[]): Layout {
  const workFolder = WORK_FOLDER[spec.contract];
  const mounts = planMounts(inputs, folder.inputs);
  const mountRegions = mounts.map(({ path }) => ({ target: path, host: '' }));
  const folders: Region[] = [{ target: workFolder, host: folder.work }];
  const nestedFolders: string[] = [];
  // What a program writes to a file server is there at once.
  const toStore = spec.outputs.filter(({ url }) => !isNasUrl(url));
  const outputs = toStore.map((mapping) => plannedUpload(mapping, spec, 'OutputMapping', ''));
  const outputFolders = outputs.filter(({ from }) => from.folder).map(({ from }) => from.path);
  // Outer ones first, so that an output inside another is found to be nested.
  for (const path of outputFolders.toSorted((left, right) => left.length - right.length)) {
    if (locate([...folders, ...mountRegions], path) !== undefined) nestedFolders.push(path);
    else folders.push({ target: path, host: join(folder.outputs, String(folders.length)) });
  }
  const writable = inputs.flatMap((input) => (isPlace(input) || !input.writable ? [] : [uploadBack(input)]));
  const suffix = `.${spec.jobId}.${spec.taskName}.${spec.instanceId}`;
  const logs = spec.logs.map((mapping) => plannedUpload(mapping, spec, 'LogMapping', suffix));
  return {
    contract: spec.contract,
    workFolder,
    mounts,
    outputs: [...writable, ...outputs],
    logs,
    folders,
    nestedFolders,
  };
}

function plannedUpload(
  mapping: { path: string; url: string },
  { contract, charset = 'utf-8' }: Pick<SettledSpec, 'contract' | 'charset'>,
  parameter: 'OutputMapping' | 'LogMapping',
  suffix: string,
): PlannedUpload {
  const code = `Invalid${parameter}`;
  const to = parseOssUrl(mapping.url);
  if (to === undefined) {
    const why = `"${mapping.url}" is no oss:// URL; other kinds are not set up here.`;
    throw new AttemptFailure(code, `Specified parameter ${parameter} is not valid. ${why}`);
  }
  return { from: destination(mapping.path, contract, code), to, charset, suffix };
}

/** New and changed files of a writable input go where it came from (spec §20.2: the safer superset). */
function uploadBack(input: ResolvedObjects): PlannedUpload {
  return {
    from: { path: input.path, folder: input.kind === 'folder' },
    to: { bucket: input.bucket, key: input.key },
    charset: input.charset ?? 'utf-8',
    suffix: '',
  };
}
