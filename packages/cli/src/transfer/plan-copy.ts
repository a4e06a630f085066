import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type CopySource, isPartialDownload, type OssClient } from '@rebatch/client';
import { formatOssUrl, type OssUrl } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import { refuseWithVersion } from '../options/version-options.ts';
import { isOssUrl } from './is-oss-url.ts';
import { localFiles } from './local-files.ts';
import { readOssUrl } from './read-oss-url.ts';
import { safeLocalPath } from './safe-local-path.ts';
import type { NamedTransfer } from './transfer.ts';

export interface CopyPlanOptions {
  recursive: boolean;
  /** Of the one object that is copied. */
  versionId?: string | undefined;
  cwd: string;
}

/**
 * What `rebatch cp SOURCE... DEST` has to move. A folder or prefix is copied by its content: `cp -r DIR oss://b/p/` makes
 * `oss://b/p/FILE`, not `oss://b/p/DIR/FILE`.
 * @throws UsageError, CliError, OssError; the file system's error
 */
export async function planCopy(
  oss: () => OssClient,
  sources: readonly string[],
  destination: string,
  options: CopyPlanOptions,
): Promise<NamedTransfer[]> {
  const several = sources.length > 1;
  const transfers: NamedTransfer[] = [];
  for (const source of sources)
    transfers.push(...(await planOne(oss, source, destination, several, options)));
  return transfers;
}

async function planOne(
  oss: () => OssClient,
  source: string,
  destination: string,
  several: boolean,
  options: CopyPlanOptions,
): Promise<NamedTransfer[]> {
  const { recursive, cwd } = options;
  refuseWithVersion(options.versionId, recursive || several, 'not about several, and not with -r');
  if (isOssUrl(source)) {
    const url = {
      ...readOssUrl(source),
      ...(options.versionId === undefined ? {} : { versionId: options.versionId }),
    };
    return isOssUrl(destination)
      ? planRemoteCopy(oss(), url, readOssUrl(destination), several, recursive)
      : planDownload(oss(), url, destination, several, recursive, cwd);
  }
  if (!isOssUrl(destination)) throw new UsageError('one side of a copy must be oss://bucket/…');
  refuseWithVersion(options.versionId, true, 'uploading makes a new one');
  return planUpload(source, readOssUrl(destination), several, recursive, cwd);
}

async function planUpload(
  source: string,
  { bucket, key }: OssUrl,
  several: boolean,
  recursive: boolean,
  cwd: string,
): Promise<NamedTransfer[]> {
  const path = resolve(cwd, source);
  const found = await stat(path);
  if (found.isDirectory()) {
    if (!recursive) throw new UsageError(`${source} is a folder: add -r to copy what is in it`);
    const prefix = folderPrefix(key);
    const files = (await localFiles(path)).filter((file) => !isPartialDownload(file.relative));
    return files.map((file) => ({
      direction: 'upload',
      name: file.relative,
      path: file.path,
      bucket,
      key: prefix + file.relative,
      size: file.size,
    }));
  }
  const isFolder = key === '' || key.endsWith('/');
  if (several && !isFolder) throw severalIntoOne();
  const target = isFolder ? key + basename(path) : key;
  return [{ direction: 'upload', name: basename(path), path, bucket, key: target, size: found.size }];
}

async function planDownload(
  oss: OssClient,
  { bucket, key, ...version }: CopySource,
  destination: string,
  several: boolean,
  recursive: boolean,
  cwd: string,
): Promise<NamedTransfer[]> {
  const local = resolve(cwd, destination);
  if (!recursive) {
    const { size } = await headObject(oss, { bucket, key, ...version });
    const intoFolder = several || destination.endsWith('/') || (await isDirectory(local));
    const path = intoFolder ? safeLocalPath(local, basename(key)) : local;
    return [{ direction: 'download', name: basename(key), path, bucket, key, ...version, size }];
  }
  const transfers: NamedTransfer[] = [];
  for await (const { name, size } of objectsBelow(oss, bucket, folderPrefix(key))) {
    // A key that ends in "/" only marks a folder.
    if (name === '' || name.endsWith('/')) continue;
    const path = safeLocalPath(local, name);
    transfers.push({ direction: 'download', name, path, bucket, key: folderPrefix(key) + name, size });
  }
  if (transfers.length === 0) throw nothingBelow({ bucket, key: folderPrefix(key) });
  return transfers;
}

async function planRemoteCopy(
  oss: OssClient,
  source: CopySource,
  target: OssUrl,
  several: boolean,
  recursive: boolean,
): Promise<NamedTransfer[]> {
  const isFolder = target.key === '' || target.key.endsWith('/');
  if (!recursive) {
    if (several && !isFolder) throw severalIntoOne();
    const { size } = await headObject(oss, source);
    const name = basename(source.key);
    return [
      {
        direction: 'copy',
        name,
        source,
        bucket: target.bucket,
        key: isFolder ? target.key + name : target.key,
        size,
      },
    ];
  }
  const from = folderPrefix(source.key);
  const to = folderPrefix(target.key);
  const transfers: NamedTransfer[] = [];
  for await (const { name, size } of objectsBelow(oss, source.bucket, from)) {
    if (to + name === '') continue;
    const each = { bucket: source.bucket, key: from + name };
    transfers.push({ direction: 'copy', name, source: each, bucket: target.bucket, key: to + name, size });
  }
  if (transfers.length === 0) throw nothingBelow({ bucket: source.bucket, key: from });
  return transfers;
}

async function headObject(oss: OssClient, source: CopySource): Promise<{ size: number }> {
  const { bucket, key, versionId } = source;
  if (key === '' || key.endsWith('/')) {
    throw new UsageError(`${formatOssUrl(source)} is a prefix: add -r to copy what is below it`);
  }
  return oss.head(bucket, key, versionId);
}

async function* objectsBelow(
  oss: OssClient,
  bucket: string,
  prefix: string,
): AsyncGenerator<{ name: string; size: number }> {
  for await (const entry of oss.list(bucket, { prefix })) {
    if (entry.kind === 'object') yield { name: entry.key.slice(prefix.length), size: entry.size };
  }
}

/** With -r a place is a folder, whether its name ends in "/" or not. */
function folderPrefix(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

function nothingBelow(place: OssUrl): CliError {
  return new CliError(`nothing lies below ${formatOssUrl(place)}: see "rebatch ls"`);
}

function severalIntoOne(): UsageError {
  return new UsageError('with several sources the destination must end in "/"');
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
