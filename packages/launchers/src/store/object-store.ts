import { setTimeout as sleep } from 'node:timers/promises';
import type { RemotePlace } from '../task/remote-place.ts';
import { type StoreAccess, StoreSession, type Waiting } from './store-session.ts';

const FOUND_ALREADY = 409;
const NOT_FOUND = 404;

const waiting: Waiting = {
  now: () => performance.now(),
  pause: async (ms) => sleep(ms),
  tell: (text) => void process.stderr.write(`${text}\n`),
};

/** The few things that launchers do with objects, small ones. Everything waits while the store is away. @throws StoreError */
export class ObjectStore {
  readonly #session: StoreSession;

  constructor(access: StoreAccess, how: Waiting = waiting) {
    this.#session = new StoreSession(access, how);
  }

  /**
   * Makes an object that is not there yet. @returns false when one is there; after a broken connection that may be what this
   * very call wrote
   */
  async create({ bucket, key }: RemotePlace, text: string): Promise<boolean> {
    const headers = { 'Content-Type': 'application/json', 'x-oss-forbid-overwrite': 'true' };
    const { status } = await this.#session.call(
      { method: 'PUT', bucket, key, headers, body: text },
      FOUND_ALREADY,
    );
    return status !== FOUND_ALREADY;
  }

  /** Makes an object, or takes the place of the one that is there. */
  async write({ bucket, key }: RemotePlace, text: string): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    await this.#session.call({ method: 'PUT', bucket, key, headers, body: text });
  }

  /** Undefined when there is no such object. */
  async read({ bucket, key }: RemotePlace): Promise<string | undefined> {
    const { status, text } = await this.#session.call({ method: 'GET', bucket, key }, NOT_FOUND);
    return status === NOT_FOUND ? undefined : text;
  }

  /** Size in bytes and the time of its last change in milliseconds since the epoch, to the second. */
  async find({ bucket, key }: RemotePlace): Promise<{ size: number; lastModified: number } | undefined> {
    const { status, headers } = await this.#session.call({ method: 'HEAD', bucket, key }, NOT_FOUND);
    if (status === NOT_FOUND) return undefined;
    return {
      size: Number(headers['content-length'] ?? 0),
      lastModified: Date.parse(headers['last-modified'] ?? '') || 0,
    };
  }

  /** All objects below a prefix: what their keys have after it, and when they were last changed. */
  async *list({ bucket, key: prefix }: RemotePlace): AsyncGenerator<{ name: string; lastModified: number }> {
    for (let marker = ''; ; ) {
      const query = { prefix, marker, 'max-keys': '1000', 'encoding-type': 'url' };
      const { text } = await this.#session.call({ method: 'GET', bucket, key: '', query });
      for (const [, entry = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const key = decoded(element(entry, 'Key'));
        yield {
          name: key.slice(prefix.length),
          lastModified: Date.parse(element(entry, 'LastModified')) || 0,
        };
      }
      if (element(text, 'IsTruncated') !== 'true') return;
      marker = decoded(element(text, 'NextMarker'));
    }
  }
}

/** Names come URL-encoded and the rest is plain, so that there is nothing to unescape. */
function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

/** Some servers encode a blank as `+`, others as `%20`. */
function decoded(name: string): string {
  return decodeURIComponent(name.replaceAll('+', ' '));
}

/** The store of a task, by the variables that the vendor's SDKs read, too; undefined when they are not there. */
export function storeOf(env: NodeJS.ProcessEnv): ObjectStore | undefined {
  const [endpoint, accessKeyId, accessKeySecret, securityToken] = [
    'OSS_ENDPOINT',
    'OSS_ACCESS_KEY_ID',
    'OSS_ACCESS_KEY_SECRET',
    'OSS_SESSION_TOKEN',
  ].map((name) => env[name] ?? '');
  if (!endpoint || !accessKeyId || !accessKeySecret) return undefined;
  return new ObjectStore({
    endpoint,
    accessKeyId,
    accessKeySecret,
    ...(securityToken ? { securityToken } : {}),
  });
}
