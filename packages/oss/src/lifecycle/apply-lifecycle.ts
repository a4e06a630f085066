import { type BucketInfo, type ObjectInfo, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { isChosen } from '../configs/lifecycle-filter.ts';
import { isDue, type LifecycleRule, readLifecycleRules } from '../configs/lifecycle-rules.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { applyToVersions } from './apply-to-versions.ts';
import { dueClass } from './due-class.ts';
import type { LifecycleOutcome } from './lifecycle-outcome.ts';
import { unlessGone } from './unless-gone.ts';

/** Applies the rules of every bucket to what is due at `now` (milliseconds since the epoch). */
export async function applyLifecycle(store: ObjectStore, now: number): Promise<LifecycleOutcome> {
  const outcome = { expired: 0, transitioned: 0, aborted: 0 };
  for (const bucket of await store.listBuckets()) {
    try {
      await applyToBucket(store, bucket, now, outcome);
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
  { name, versioning }: BucketInfo,
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  const document = await store.getBucketConfig(name, 'lifecycle');
  const rules = document === undefined ? [] : readLifecycleRules(document);
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    if (rule.abort !== undefined) {
      outcome.aborted += await abortUploads(store, name, rule, now);
    }
    if (rule.expiration !== undefined || rule.transitions.length > 0) {
      await applyToObjects(store, name, rule, now, outcome);
    }
    if (versioning !== undefined && isAboutVersions(rule)) {
      await applyToVersions(store, name, rule, now, outcome);
    }
  }
}

function isAboutVersions(rule: LifecycleRule): boolean {
  return (
    rule.expiredMarkers || rule.noncurrentExpiration !== undefined || rule.noncurrentTransitions.length > 0
  );
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
      if (isChosen(rule.filter, listed.key, listed)) {
        await applyToObject(store, rule, listed, now, outcome);
      }
    }
    after = page.next;
  }
}

/** What was written anew, or tagged otherwise, since it was listed is left alone. */
async function applyToObject(
  store: ObjectStore,
  rule: LifecycleRule,
  listed: ObjectInfo,
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  const { bucket, key, lastModified } = listed;
  const ifStill = { ifStill: listed };
  if (isDue(rule.expiration, lastModified, now)) {
    const deletion = await store.delete(bucket, key, ifStill).catch(unlessGone);
    outcome.expired += deletion === undefined ? 0 : 1;
    return;
  }
  const storageClass = dueClass(rule.transitions, listed, lastModified, now);
  if (storageClass !== undefined) {
    const changes = { [STORAGE_CLASS]: storageClass === 'Standard' ? undefined : storageClass };
    const changed = await store.setAttributes(bucket, key, changes, ifStill).catch(unlessGone);
    outcome.transitioned += changed === undefined ? 0 : 1;
  }
}
