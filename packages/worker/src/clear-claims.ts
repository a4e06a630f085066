import { claimsPrefix } from '@rebatch/launchers';
import { type ObjectStore, ObjectStoreError, type VersionInfo, type VersionPage } from '@rebatch/objects';
import pMap from 'p-map';
import { isPrefix, type OssUrl, parseOssUrl } from './oss-url.ts';

const PARALLEL = 16;

/**
 * Removes what the instances of a job shared its frames by (spec/render.md §2) from below its outputs. For a job that is
 * over and not started again: the next try of an instance reads there what earlier ones had. Nothing of them stays as a version.
 * @throws ObjectStoreError
 */
export async function clearClaims(
  job: { id: string; owner: string; outputs: readonly string[] },
  objects: ObjectStore,
): Promise<void> {
  for (const url of new Set(job.outputs)) {
    const output = parseOssUrl(url);
    if (output === undefined || !isPrefix(output) || !(await isOwn(output, job.owner, objects))) continue;
    await clear({ bucket: output.bucket, key: output.key + claimsPrefix(job.id) }, objects);
  }
}

async function clear({ bucket, key: prefix }: OssUrl, objects: ObjectStore): Promise<void> {
  for (let after: VersionPage['next']; ; ) {
    const page = await objects.listVersions(bucket, { prefix, ...(after === undefined ? {} : { after }) });
    const remove = async ({ key, versionId }: VersionInfo) => objects.delete(bucket, key, { versionId });
    await pMap(page.versions, remove, { concurrency: PARALLEL });
    after = page.next;
    if (after === undefined) return;
  }
}

/** The bucket may be another's by now. */
async function isOwn({ bucket }: OssUrl, owner: string, objects: ObjectStore): Promise<boolean> {
  try {
    return (await objects.getBucket(bucket)).owner === owner;
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchBucket') return false;
    throw error;
  }
}
