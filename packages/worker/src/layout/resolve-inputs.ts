import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { AttemptFailure } from '../attempt-failure.ts';
import { type SettledSpec, WORK_FOLDER } from '../contract.ts';
import { formatOssUrl, isPrefix, type OssUrl, parseOssUrl } from '../oss-url.ts';
import { destination } from './destination.ts';

/** An input with everything known that the store had to be asked for. */
export interface ResolvedInput {
  bucket: string;
  key: string;
  kind: 'folder' | 'file';
  /** Absolute path inside the sandbox. */
  path: string;
  writable: boolean;
}

/**
 * Decides what each input is. Clients should let both sides of a pair end in `/` or neither (spec §12.1); where they do
 * not, a `/` on either side means a folder. An object URL that names no object but a folder of objects means that.
 * @throws AttemptFailure InvalidInputMapping
 */
export async function resolveInputs(
  spec: Pick<SettledSpec, 'inputs' | 'contract'>,
  objects: ObjectStore,
): Promise<ResolvedInput[]> {
  const byPath = new Map<string, ResolvedInput>();
  for (const input of spec.inputs) {
    const url = parseOssUrl(input.url);
    if (url === undefined) throw invalid(`"${input.url}" is no oss:// URL; other kinds are not set up here.`);
    const { path, folder } = destination(input.path, spec.contract, 'InvalidInputMapping');
    if (path === WORK_FOLDER[spec.contract]) throw invalid(`"${path}" is the work folder of the task.`);
    const resolved = { ...(await kindOf(url, folder, objects)), path, writable: input.writable };
    const other = byPath.get(path);
    if (other !== undefined && formatOssUrl(other) !== formatOssUrl(resolved)) {
      throw invalid(`"${path}" is to show both ${formatOssUrl(other)} and ${formatOssUrl(resolved)}.`);
    }
    byPath.set(path, { ...resolved, writable: resolved.writable || other?.writable === true });
  }
  return [...byPath.values()];
}

async function kindOf(
  url: OssUrl,
  folderWanted: boolean,
  objects: ObjectStore,
): Promise<{ bucket: string; key: string; kind: 'folder' | 'file' }> {
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

function invalid(why: string): AttemptFailure {
  return new AttemptFailure('InvalidInputMapping', `Specified parameter InputMapping is not valid. ${why}`);
}
