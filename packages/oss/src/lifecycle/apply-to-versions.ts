import type { ObjectStore, VersionInfo, VersionPage } from '@rebatch/objects';
import { isChosen } from '../configs/lifecycle-filter.ts';
import { isDue, type LifecycleRule } from '../configs/lifecycle-rules.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { dueClass } from './due-class.ts';
import type { LifecycleOutcome } from './lifecycle-outcome.ts';
import { unlessGone } from './unless-gone.ts';

/** Applies a rule to what keys stood for before, and to delete markers that hide nothing any more. */
export async function applyToVersions(
  store: ObjectStore,
  bucket: string,
  rule: LifecycleRule,
  now: number,
  outcome: LifecycleOutcome,
): Promise<void> {
  let latest: VersionInfo | undefined;
  let left = 0;
  const endOfKey = async (): Promise<void> => {
    if (rule.expiredMarkers && left === 0 && latest !== undefined && latest.object === undefined) {
      outcome.expired += await remove(store, latest);
    }
  };
  for await (const version of eachVersion(store, bucket, rule.prefix)) {
    if (version.isLatest) {
      await endOfKey();
      latest = version;
      left = 0;
    } else if (isExpired(rule, version, now)) {
      outcome.expired += await remove(store, version);
    } else {
      left += 1;
      outcome.transitioned += await changeClass(store, rule, version, now);
    }
  }
  await endOfKey();
}

async function* eachVersion(store: ObjectStore, bucket: string, prefix: string): AsyncGenerator<VersionInfo> {
  for (let after: VersionPage['next']; ; ) {
    const page = await store.listVersions(bucket, { prefix, ...(after !== undefined && { after }) });
    yield* page.versions;
    if (page.next === undefined) {
      return;
    }
    after = page.next;
  }
}

function isExpired(rule: LifecycleRule, version: VersionInfo, now: number): boolean {
  const { key, object, noncurrentSince = Infinity } = version;
  return isDue(rule.noncurrentExpiration, noncurrentSince, now) && isChosen(rule.filter, key, object);
}

/** How many were removed: none when it is not any more what was seen, or the key stands for it again. */
async function remove(store: ObjectStore, version: VersionInfo): Promise<number> {
  const { bucket, key, versionId } = version;
  const deletion = await store.delete(bucket, key, { versionId, ifStill: version }).catch(unlessGone);
  return deletion === undefined ? 0 : 1;
}

async function changeClass(
  store: ObjectStore,
  rule: LifecycleRule,
  version: VersionInfo,
  now: number,
): Promise<number> {
  const { bucket, key, versionId, object, noncurrentSince = Infinity } = version;
  const storageClass =
    object === undefined || !isChosen(rule.filter, key, object)
      ? undefined
      : dueClass(rule.noncurrentTransitions, object, noncurrentSince, now);
  if (storageClass === undefined) {
    return 0;
  }
  const changes = { [STORAGE_CLASS]: storageClass === 'Standard' ? undefined : storageClass };
  const changed = await store
    .setAttributes(bucket, key, changes, { versionId, ifStill: version })
    .catch(unlessGone);
  return changed === undefined ? 0 : 1;
}
