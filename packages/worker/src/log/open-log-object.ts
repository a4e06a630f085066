import { logPartKey } from '@rebatch/model';
import { type ObjectInfo, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { OssUrl } from '../oss-url.ts';

/** Names in the log object's user metadata, which tell whose log it is. */
const ATTEMPT_ID = 'rebatch-attempt-id';
const ATTEMPT = 'rebatch-attempt';

export interface LogOwner {
  attemptId: string;
  attempt: number;
}

/** What a log object is created with. */
export function logObjectOptions(owner: LogOwner): {
  contentType: string;
  userMetadata: Record<string, string>;
} {
  return {
    contentType: 'text/plain; charset=utf-8',
    userMetadata: { [ATTEMPT_ID]: owner.attemptId, [ATTEMPT]: String(owner.attempt) },
  };
}

/**
 * Answers where this attempt's log goes on: behind the bytes of its parts (each of `partBytes` but the last), at 0 when
 * there is none. The log of an earlier try, which has the same name (spec §14 leaves retries open), moves to `….attempt-<n>`,
 * its further parts to `….attempt-<n>.1` and so on: who opens the log sees the latest try from its first line, and the failed
 * try's log is kept.
 */
export async function openLogObject(
  objects: ObjectStore,
  url: OssUrl,
  owner: LogOwner,
  partBytes: number,
): Promise<number> {
  for (let part = 0; ; part += 1) {
    const info = await partInfo(objects, url, part);
    if (info?.userMetadata[ATTEMPT_ID] !== owner.attemptId) {
      await moveAway(objects, url, part);
      return part * partBytes;
    }
    if (info.size < partBytes) return part * partBytes + info.size;
  }
}

/** Moves the part and those after it. Copies by content: OSS does not copy appendable objects (spec/oss.md §6). */
async function moveAway(objects: ObjectStore, url: OssUrl, first: number): Promise<void> {
  for (let part = first; ; part += 1) {
    const info = await partInfo(objects, url, part);
    if (info === undefined) return;
    const { body } = await objects.get(info.bucket, info.key);
    const moved = `${url.key}.attempt-${info.userMetadata[ATTEMPT] ?? 'unknown'}`;
    await objects.put(info.bucket, logPartKey(moved, part), body, {
      contentType: info.contentType,
      userMetadata: info.userMetadata,
      contentLength: info.size,
    });
    await objects.delete(info.bucket, info.key);
  }
}

async function partInfo(objects: ObjectStore, url: OssUrl, part: number): Promise<ObjectInfo | undefined> {
  try {
    return await objects.head(url.bucket, logPartKey(url.key, part));
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}
