import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { OssClient } from '@rebatch/client';
import { isOssUrl } from './is-oss-url.ts';
import { formatOssUrl, type OssUrl, parseOssUrl } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import { localFiles } from './local-files.ts';
import { safeLocalPath } from './safe-local-path.ts';
import type { NamedTransfer } from './transfer.ts';

/**
 * What `rebatch cp SOURCE... DEST` has to move. A folder or prefix is copied by its content: `cp -r DIR oss://b/p/` makes
 * `oss://b/p/FILE`, not `oss://b/p/DIR/FILE`.
 * @throws UsageError, CliError, OssError; the file system's error
 */
export async function planCopy(
  oss: () => OssClient,
  sources: readonly string[],
  destination: string,
  recursive: boolean,
  cwd: string,
): Promise<NamedTransfer[]> {
  const transfers: NamedTransfer[] = [];
  for (const source of sources) {
    if (isOssUrl(source) === isOssUrl(destination)) {
      throw new UsageError('one side of a copy must be oss://bucket/…, the other one local');
    }
    transfers.push(
      ...(isOssUrl(source)
        ? await planDownload(oss(), parseOssUrl(source), destination, sources.length > 1, recursive, cwd)
        : await planUpload(source, parseOssUrl(destination), sources.length > 1, recursive, cwd)),
    );
  }
  return transfers;
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
    const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    const files = await localFiles(path);
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
  if (several && !isFolder) throw new UsageError('with several sources the destination must end in "/"');
  const target = isFolder ? key + basename(path) : key;
  return [{ direction: 'upload', name: basename(path), path, bucket, key: target, size: found.size }];
}

async function planDownload(
  oss: OssClient,
  { bucket, key }: OssUrl,
  destination: string,
  several: boolean,
  recursive: boolean,
  cwd: string,
): Promise<NamedTransfer[]> {
  const local = resolve(cwd, destination);
  if (!recursive) {
    if (key === '' || key.endsWith('/')) {
      throw new UsageError(`${formatOssUrl({ bucket, key })} is a prefix: add -r to copy what is below it`);
    }
    const { size } = await oss.head(bucket, key);
    const intoFolder = several || destination.endsWith('/') || (await isDirectory(local));
    const path = intoFolder ? safeLocalPath(local, basename(key)) : local;
    return [{ direction: 'download', name: basename(key), path, bucket, key, size }];
  }
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const transfers: NamedTransfer[] = [];
  for await (const entry of oss.list(bucket, { prefix })) {
    // A key that ends in "/" only marks a folder.
    if (entry.kind !== 'object' || entry.key.endsWith('/')) continue;
    const name = entry.key.slice(prefix.length);
    const path = safeLocalPath(local, name);
    transfers.push({ direction: 'download', name, path, bucket, key: entry.key, size: entry.size });
  }
  if (transfers.length === 0) {
    throw new CliError(`nothing lies below ${formatOssUrl({ bucket, key: prefix })}: see "rebatch ls"`);
  }
  return transfers;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
