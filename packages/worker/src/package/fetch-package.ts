import { createWriteStream } from 'node:fs';
import { chmod, open, rename, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { AttemptFailure } from '../attempt-failure.ts';
import { isPrefix, parseOssUrl } from '../oss-url.ts';
import { looksLikeGzipTar } from './looks-like-tar.ts';
import { unpack } from './unpack.ts';

/** Enough to see the first header of the tar inside. */
const SNIFFED_BYTES = 64 * 1024;

/**
 * Puts the package into the work folder: a gzip tar is unpacked, anything else is one executable file under its base
 * name, whatever the name says (spec/batchcompute-api.md §11, 1).
 * @throws AttemptFailure InvalidPackagePath
 */
export async function fetchPackage(
  url: string,
  workFolder: string,
  temporaryFile: string,
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<void> {
  const parsed = parseOssUrl(url);
  const name = parsed === undefined ? '' : posix.basename(parsed.key);
  if (parsed === undefined || isPrefix(parsed) || name === '.' || name === '..') {
    throw invalid(`"${url}" is no oss:// URL of an object.`);
  }
  await download(parsed, url, temporaryFile, objects, signal);
  if (looksLikeGzipTar(await firstBytes(temporaryFile))) {
    await unpack(temporaryFile, workFolder, url);
    await rm(temporaryFile);
    return;
  }
  if (/\.(tar\.gz|tgz)$/i.test(name)) throw invalid(`${url} is no gzip tar, though its name says so.`);
  await chmod(temporaryFile, 0o755);
  await rename(temporaryFile, join(workFolder, name));
}

async function download(
  source: { bucket: string; key: string },
  url: string,
  file: string,
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { body } = await objects.get(source.bucket, source.key);
    await pipeline(body, createWriteStream(file, { mode: 0o600 }), { signal });
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') {
      throw invalid(`There is no object ${url}.`);
    }
    throw error;
  }
}

async function firstBytes(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

function invalid(why: string): AttemptFailure {
  return new AttemptFailure('InvalidPackagePath', `Specified parameter PackagePath is not valid. ${why}`);
}
