import type { AttemptSpec } from '../attempt.ts';
import { isPrefix, parseOssUrl } from '../oss-url.ts';
import type { TaskGrant } from './task-keys.ts';

type SpecOfPlaces = Pick<
  AttemptSpec,
  'inputs' | 'outputs' | 'logs' | 'packageUrl' | 'stdoutUrl' | 'stderrUrl'
>;

/**
 * What an attempt's key may do: read what the attempt reads, write where its results go. The two streams may be read only,
 * since the server appends to their objects by position.
 */
export function taskGrants(spec: SpecOfPlaces): TaskGrant[] {
  const read = [spec.packageUrl, spec.stdoutUrl, spec.stderrUrl].filter((url) => url !== undefined);
  const grants = [
    ...read.flatMap((url) => grantsFor(url, 'read')),
    ...spec.inputs.flatMap(({ url, writable }) => grantsFor(url, writable ? 'write' : 'read')),
    ...spec.outputs.flatMap(({ url }) => grantsFor(url, 'write')),
    ...spec.logs.flatMap(({ url }) => grantsFor(url, 'write')),
  ];
  return [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
}

/** A URL without a `/` at its end may turn out to mean the folder of that name (layout/resolve-inputs.ts). */
function grantsFor(url: string, access: TaskGrant['access']): TaskGrant[] {
  const place = parseOssUrl(url);
  if (place === undefined) return [];
  const { bucket, key } = place;
  const own: TaskGrant = { bucket, prefix: key, access };
  return isPrefix(place) ? [own] : [own, { bucket, prefix: `${key}/`, access }];
}
