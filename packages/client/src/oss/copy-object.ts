import type { OssUrl } from '@rebatch/model';
import { assertChecksum } from './checksum.ts';
import { eachInParallel } from './each-in-parallel.ts';
import { ObjectWriter } from './object-writer.ts';
import type { OssSession } from './oss-session.ts';
import { remoteObject } from './remote-object.ts';
import type { RemoteObject } from './types.ts';

export interface CopySource extends OssUrl {
  versionId?: string;
}

export interface CopyOptions {
  signal?: AbortSignal;
  /** Bytes of a part; default 512 MiB. One request copies up to two parts' worth (spec/oss.md §1.7). */
  partSize?: number;
}

const PART = 512 * 1024 ** 2;
const PARALLEL = 4;

/** Copies an object within the store, with its type and user metadata. @throws OssError, ConnectionError, ChecksumError */
export async function copyObject(
  session: OssSession,
  source: CopySource,
  found: RemoteObject,
  target: OssUrl,
  { signal, partSize = PART }: CopyOptions,
): Promise<RemoteObject> {
  const headers = { 'x-oss-copy-source': sourceHeader(source) };
  if (found.size > 2 * partSize) return copyParts(session, headers, found, target, partSize, signal);
  const reply = await session.call({ method: 'PUT', ...target, headers, repeatable: true }, signal);
  return { ...found, ...written(reply.headers, found.size) };
}

async function copyParts(
  session: OssSession,
  source: Record<string, string>,
  found: RemoteObject,
  target: OssUrl,
  partSize: number,
  signal: AbortSignal | undefined,
): Promise<RemoteObject> {
  const writer = new ObjectWriter(session, target.bucket, target.key);
  const metadata = Object.entries(found.userMetadata).map(([name, value]) => [`x-oss-meta-${name}`, value]);
  const uploadId = await writer.initiate({
    'Content-Type': found.contentType,
    ...Object.fromEntries(metadata),
  });
  try {
    const numbers = Array.from({ length: Math.ceil(found.size / partSize) }, (_, index) => index + 1);
    const etags = new Map<number, string>();
    await eachInParallel(numbers, PARALLEL, async (partNumber) => {
      signal?.throwIfAborted();
      const start = (partNumber - 1) * partSize;
      const end = Math.min(start + partSize, found.size) - 1;
      const range = { ...source, 'x-oss-copy-source-range': `bytes=${start}-${end}` };
      etags.set(partNumber, await writer.copyPart(uploadId, partNumber, range, signal));
    });
    const parts = numbers.map((partNumber) => ({ partNumber, etag: etags.get(partNumber) ?? '' }));
    const object = await writer.complete(uploadId, parts);
    assertChecksum(`oss://${target.bucket}/${target.key}`, object.crc64, found.crc64);
    return { ...object, size: found.size };
  } catch (error) {
    await writer.abort(uploadId).catch(() => {});
    throw error;
  }
}

function written(headers: Parameters<typeof remoteObject>[0], size: number): Partial<RemoteObject> {
  const { etag, versionId } = remoteObject(headers);
  return { etag, versionId, size };
}

/** `/bucket/key?versionId=…`, percent-encoded but for the slashes. */
function sourceHeader({ bucket, key, versionId }: CopySource): string {
  const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
