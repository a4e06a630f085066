import { type BucketInfo, type ObjectInfo, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { isDue, type LifecycleRule, readLifecycleRules } from '../configs/lifecycle-rules.ts';
import { STORAGE_CLASS, TAGGING } from '../wire/attributes.ts';
import { parseTags } from '../wire/tags.ts';

/** What a round of the lifecycle rules did. */
export interface LifecycleOutcome {
  expired: number;
  transitioned: number;
  aborted: number;
}

/** Applies the rules of every bucket to what is due at `now` (milliseconds since the epoch). */
export async function applyLifecycle(store: ObjectStore, now: number): Promise<LifecycleOutcome> {
  const outcome = { expired: 0, transitioned: 0, aborted: 0 };
  for (const { name } of await store.listBuckets()) {
    try {
      await applyToBucket(store, name, now, outcome);
    } catch (error) {
      // It may be deleted while it is looked at.
      if (!(error instanceof ObjectStoreError && error.code === 'NoSuchBucket')) {
        throw error;
      }
    }
  }
  return outcome;
}

async function applyToBucket(
  store: ObjectStore,
  bucket: BucketInfo['name'],
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  const document = await store.getBucketConfig(bucket, 'lifecycle');
  const rules = document === undefined ? [] : readLifecycleRules(document);
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    if (rule.abort !== undefined) {
      outcome.aborted += await abortUploads(store, bucket, rule, now);
    }
    if (rule.expiration !== undefined || rule.transitions.length > 0) {
      await applyToObjects(store, bucket, rule, now, outcome);
    }
  }
}

async function abortUploads(
  store: ObjectStore,
  bucket: string,
  rule: LifecycleRule,
  now: number,
): Promise<number> {
  const uploads = await store.listUploads(bucket, rule.prefix);
  const due = uploads.filter(({ initiated }) => isDue(rule.abort, initiated, now));
  for (const { key, uploadId } of due) {
    await store.abortUpload(bucket, key, uploadId).catch(unlessGone);
  }
  return due.length;
}

async function applyToObjects(
  store: ObjectStore,
  bucket: string,
  rule: LifecycleRule,
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page = await store.list(bucket, { prefix: rule.prefix, after });
    for (const listed of page.objects) {
      if (isAffected(rule, listed, now)) {
        await applyToObject(store, rule, listed, now, outcome);
      }
    }
    after = page.next;
  }
}

async function applyToObject(
  store: ObjectStore,
  rule: LifecycleRule,
  { bucket, key }: ObjectInfo,
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  // Looked at again: it may have been written anew since the page was read.
  const info = await store.head(bucket, key).catch(unlessGone);
  if (info === undefined || !isAffected(rule, info, now)) {
    return;
  }
  if (isDue(rule.expiration, info.lastModified, now)) {
    await store.delete(bucket, key);
    outcome.expired += 1;
    return;
  }
  const storageClass = nextClass(rule, info, now);
  if (storageClass !== undefined) {
    const kept = storageClass === 'Standard' ? undefined : storageClass;
    await store.setAttributes(bucket, key, { [STORAGE_CLASS]: kept }).catch(unlessGone);
    outcome.transitioned += 1;
  }
}

function isAffected(rule: LifecycleRule, info: ObjectInfo, now: number): boolean {
  const due = isDue(rule.expiration, info.lastModified, now) || nextClass(rule, info, now) !== undefined;
  if (!due || rule.tags.length === 0) {
    return due;
  }
  const tags = new Map(parseTags(info.attributes[TAGGING] ?? ''));
  return rule.tags.every(([key, value]) => tags.get(key) === value);
}

/** The class that the object should have and has not: that of the last transition that is due. */
function nextClass(rule: LifecycleRule, info: ObjectInfo, now: number): string | undefined {
  const due = rule.transitions.findLast((transition) => isDue(transition.due, info.lastModified, now));
  const current = info.attributes[STORAGE_CLASS] ?? 'Standard';
  return due === undefined || due.storageClass === current ? undefined : due.storageClass;
}

function unlessGone(error: unknown): undefined {
  const isGone =
    error instanceof ObjectStoreError && (error.code === 'NoSuchKey' || error.code === 'NoSuchUpload');
  if (!isGone) {
    throw error;
  }
}
