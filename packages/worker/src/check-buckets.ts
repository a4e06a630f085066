import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { AttemptSpec } from './attempt.ts';
import { AttemptFailure } from './attempt-failure.ts';
import { parseOssUrl } from './oss-url.ts';

type SpecOfBuckets = Pick<
  AttemptSpec,
  'owner' | 'inputs' | 'outputs' | 'logs' | 'packageUrl' | 'registryUrl' | 'stdoutUrl' | 'stderrUrl'
>;

/**
 * Checks before anything runs that every bucket of the description is there and the job owner's own: a render of hours
 * must not fail at its end for want of an output bucket.
 * @throws AttemptFailure naming parameter and URL
 */
export async function checkBuckets(spec: SpecOfBuckets, objects: ObjectStore): Promise<void> {
  const checked = new Set<string>();
  for (const { parameter, url } of urlsOf(spec)) {
    const bucket = parseOssUrl(url)?.bucket;
    // What is no oss:// URL is refused by whoever uses it.
    if (bucket === undefined || checked.has(bucket)) continue;
    const trouble = await troubleWith(bucket, spec.owner, objects);
    if (trouble !== undefined) {
      const message = `Specified parameter ${parameter} is not valid. ${url}: ${trouble}.`;
      throw new AttemptFailure(`Invalid${parameter}`, message);
    }
    checked.add(bucket);
  }
}

function* urlsOf(spec: SpecOfBuckets): Generator<{ parameter: string; url: string }> {
  if (spec.packageUrl !== undefined) yield { parameter: 'PackagePath', url: spec.packageUrl };
  if (spec.registryUrl !== undefined) {
    yield { parameter: 'Docker.RegistryOSSPath', url: spec.registryUrl };
  }
  for (const { url } of spec.inputs) yield { parameter: 'InputMapping', url };
  for (const { url } of spec.outputs) yield { parameter: 'OutputMapping', url };
  for (const { url } of spec.logs) yield { parameter: 'LogMapping', url };
  if (spec.stdoutUrl !== undefined) yield { parameter: 'StdoutRedirectPath', url: spec.stdoutUrl };
  if (spec.stderrUrl !== undefined) yield { parameter: 'StderrRedirectPath', url: spec.stderrUrl };
}

async function troubleWith(bucket: string, owner: string, objects: ObjectStore): Promise<string | undefined> {
  try {
    const info = await objects.getBucket(bucket);
    // Whose bucket it is stays untold.
    return info.owner === owner ? undefined : `bucket "${bucket}" belongs to another account`;
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    return error.code === 'NoSuchBucket' ? `bucket "${bucket}" does not exist` : error.message;
  }
}
