import { writeFile } from 'node:fs/promises';
import type { TaskKey } from './task-keys.ts';

/**
 * Under these names the vendor's SDKs look for a key (`EnvironmentVariableCredentialsProvider` of oss2, the Java and the Go
 * SDK), ossutil for the rest, too.
 */
const NAMES = {
  id: 'OSS_ACCESS_KEY_ID',
  secret: 'OSS_ACCESS_KEY_SECRET',
  token: 'OSS_SESSION_TOKEN',
  endpoint: 'OSS_ENDPOINT',
  region: 'OSS_REGION',
} as const;
const PARTS = ['id', 'secret', 'token', 'endpoint', 'region'] as const;

/** Variables that a program finds its key in. A job that sets one of them means a key of its own, and gets none of ours. */
export const KEY_VARIABLES: readonly string[] = Object.values(NAMES);

export interface KeyPlace {
  /** `host[:port]` of the object gateway. */
  ossHost: string;
  region: string;
}

/**
 * Writes the key as lines of `NAME=value`, which the sandbox's own shell reads: unlike a variable of the container, it is not
 * told by `docker inspect`. Readable by the server and by root inside.
 */
export async function writeKeyFile(path: string, key: TaskKey, { ossHost, region }: KeyPlace): Promise<void> {
  const { id, secret, token } = key;
  const values = { id, secret, token, endpoint: `http://${ossHost}`, region };
  const lines = PARTS.map((part) => `${NAMES[part]}=${values[part]}\n`);
  await writeFile(path, lines.join(''), { mode: 0o600 });
}

/** The key in the text of such a file; undefined when there is none. */
export function readKeyFile(text: string): TaskKey | undefined {
  const values = new Map(
    text.split(/\r?\n/).map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const [id, secret, token] = [NAMES.id, NAMES.secret, NAMES.token].map((name) => values.get(name));
  if (id === undefined || secret === undefined || token === undefined) return undefined;
  return { id, secret, token };
}
