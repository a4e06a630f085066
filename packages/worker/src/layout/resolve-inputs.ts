import { isNasUrl, type NasFolder, nasPlace } from '@rebatch/model';
import type { Charset } from '@rebatch/mount';
import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { AttemptFailure } from '../attempt-failure.ts';
import { type SettledSpec, WORK_FOLDER } from '../contract.ts';
import { formatOssUrl, isPrefix, type OssUrl, parseOssUrl } from '../oss-url.ts';
import { destination } from './destination.ts';

/** An input with everything known that the store had to be asked for. */
export type ResolvedInput = ResolvedObjects | ResolvedPlace;

export interface ResolvedObjects {
  bucket: string;
  key: string;
  kind: 'folder' | 'file';
  /** Absolute path inside the sandbox. */
  path: string;
  writable: boolean;
  /** Of file names as the program sees them. */
  charset?: Charset;
}

/** A folder or file of a file server, by where it lies on this host. */
export interface ResolvedPlace {
  url: string;
  root: string;
  segments: string[];
  kind: 'folder' | 'file';
  /** Absolute path inside the sandbox. */
  path: string;
  /** What the program writes goes straight through. */
  writable: boolean;
}

interface Surroundings {
  objects: ObjectStore;
  /** What of file servers lies on this host. */
  nas?: readonly NasFolder[];
}

/**
 * Decides what each input is, and each output on a file server, which is one in the end. Clients should let both sides of
 * a pair end in `/` or neither (spec §12.1); where they do not, a `/` on either side means a folder. An object URL that
 * names no object but a folder of objects means that.
 * @throws AttemptFailure InvalidInputMapping, InvalidOutputMapping
 */
export async function resolveInputs(
  spec: Pick<SettledSpec, 'inputs' | 'outputs' | 'contract' | 'owner'>,
  surroundings: Surroundings,
): Promise<ResolvedInput[]> {
  const byPath = new Map<string, ResolvedInput>();
  const throughOutputs = spec.outputs
    .filter(({ url }) => isNasUrl(url))
    .map((output) => ({
      ...output,
      writable: true,
      charset: undefined,
      parameter: 'OutputMapping' as const,
    }));
  const inputs = spec.inputs.map((input) => ({
    charset: undefined,
    ...input,
    parameter: 'InputMapping' as const,
  }));
  for (const { url, path: wanted, writable, charset, parameter } of [...inputs, ...throughOutputs]) {
    const invalid = (why: string): AttemptFailure => invalidMapping(parameter, why);
    const { path, folder } = destination(wanted, spec.contract, `Invalid${parameter}`);
    if (path === WORK_FOLDER[spec.contract]) throw invalid(`"${path}" is the work folder of the task.`);
    const source = isNasUrl(url)
      ? placeOf(url, folder, spec.owner, surroundings.nas ?? [], invalid)
      : {
          ...(await objectsOf(url, folder, surroundings.objects, invalid)),
          ...(charset === undefined ? {} : { charset }),
        };
    const other = byPath.get(path);
    const resolved = { ...source, path, writable: writable || other?.writable === true };
    if (other !== undefined && urlOf(other) !== urlOf(resolved)) {
      throw invalid(`"${path}" is to show both ${urlOf(other)} and ${urlOf(resolved)}.`);
    }
    byPath.set(path, resolved);
  }
  return [...byPath.values()];
}

/** True for a folder or file of a file server. */
export function isPlace(input: ResolvedInput): input is ResolvedPlace {
  return 'root' in input;
}

function urlOf(input: ResolvedInput): string {
  return isPlace(input) ? input.url : formatOssUrl(input);
}

type Invalid = (why: string) => AttemptFailure;

function placeOf(
  url: string,
  folderWanted: boolean,
  owner: string,
  folders: readonly NasFolder[],
  invalid: Invalid,
): Pick<ResolvedPlace, 'url' | 'root' | 'segments' | 'kind'> {
  const place = nasPlace(folders, owner, url);
  if ('problem' in place) throw invalid(`${url} cannot be used. ${place.problem}`);
  const { root, segments, isFolder } = place;
  const kind = folderWanted || isFolder || segments.length === 0 ? 'folder' : 'file';
  return { url, root, segments, kind };
}

async function objectsOf(
  text: string,
  folderWanted: boolean,
  objects: ObjectStore,
  invalid: Invalid,
): Promise<Pick<ResolvedObjects, 'bucket' | 'key' | 'kind'>> {
  const url = parseOssUrl(text);
  if (url === undefined) throw invalid(`"${text}" is neither an oss:// URL nor one of a file server.`);
  if (isPrefix(url)) return { ...url, kind: 'folder' };
  const asFolder = { bucket: url.bucket, key: `${url.key}/`, kind: 'folder' } as const;
  if (folderWanted) return asFolder;
  if (await objectExists(url, objects)) return { ...url, kind: 'file' };
  const page = await objects.list(url.bucket, { prefix: asFolder.key, limit: 1 });
  if (page.objects.length > 0) return asFolder;
  throw invalid(`There is no object ${formatOssUrl(url)}.`);
}

async function objectExists(url: OssUrl, objects: ObjectStore): Promise<boolean> {
  try {
    await objects.head(url.bucket, url.key);
    return true;
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') return false;
    throw error;
  }
}

function invalidMapping(parameter: 'InputMapping' | 'OutputMapping', why: string): AttemptFailure {
  return new AttemptFailure(`Invalid${parameter}`, `Specified parameter ${parameter} is not valid. ${why}`);
}
