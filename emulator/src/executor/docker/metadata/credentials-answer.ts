import type { TaskKey } from '@rebatch/worker';

const ROOT = '/latest/meta-data/ram/security-credentials';
/** What stands for the RAM role of a machine: SDKs ask for its name first. */
const ROLE = 'rebatch-task';
/** How long a client may use an answer. The key lives as long as the attempt, so whoever asks again gets it again. */
const FRESH_MS = 3_600_000;

/** True for a path below which the vendor's SDKs look for a machine's key. */
export function isCredentialsPath(path: string): boolean {
  return path === ROOT || path.startsWith(`${ROOT}/`);
}

/**
 * What a program is told of its key, in the form of the vendor's machines: the role's name, or below it the key as JSON.
 * Undefined: there is no such thing. `now`: milliseconds since the epoch.
 */
export function credentialsAnswer(path: string, key: TaskKey, now: number): string | undefined {
  const role = path.slice(ROOT.length).replaceAll('/', '');
  if (role === '') return ROLE;
  if (role !== ROLE) return undefined;
  return JSON.stringify({
    AccessKeyId: key.id,
    AccessKeySecret: key.secret,
    SecurityToken: key.token,
    LastUpdated: toSeconds(now),
    Expiration: toSeconds(now + FRESH_MS),
    Code: 'Success',
  });
}

function toSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
