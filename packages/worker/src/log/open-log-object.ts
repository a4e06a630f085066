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
 * Answers where this attempt's log goes on: at the object's length when it is its own, at 0 when there is none. The log
 * of an earlier try, which has the same name (spec §14 leaves retries open), moves to `….attempt-<n>`: who opens the
 * log sees the latest try from its first line, and the failed try's log is kept.
 */
export async function openLogObject(objects: ObjectStore, url: OssUrl, owner: LogOwner): Promise<number> {
  const info = await headOrUndefined(objects, url);
  if (info === undefined) return 0;
  if (info.userMetadata[ATTEMPT_ID] === owner.attemptId) return info.size;
  await moveAway(objects, info);
  return 0;
}

async function headOrUndefined(objects: ObjectStore, url: OssUrl): Promise<ObjectInfo | undefined> {
  try {
    return await objects.head(url.bucket, url.key);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** Copies by content: OSS does not copy appendable objects (spec/oss.md §6). */
async function moveAway(objects: ObjectStore, info: ObjectInfo): Promise<void> {
  const { body } = await objects.get(info.bucket, info.key);
  const key = `${info.key}.attempt-${info.userMetadata[ATTEMPT] ?? 'unknown'}`;
  await objects.put(info.bucket, key, body, {
    contentType: info.contentType,
    userMetadata: info.userMetadata,
    contentLength: info.size,
  });
  await objects.delete(info.bucket, info.key);
}
