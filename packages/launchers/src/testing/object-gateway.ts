import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ManualClock, manualClock, systemClock } from '@rebatch/model';
import { type ObjectStore as Objects, openFileStore } from '@rebatch/objects';
import { createOssGateway } from '@rebatch/oss';
import type { StoreAccess } from '../store/store-session.ts';

/** A real gateway over a real store with the bucket `films`. Dispose of it when done. */
export interface ObjectGateway extends AsyncDisposable {
  readonly objects: Objects;
  /** By which objects get their times. */
  readonly clock: ManualClock;
  readonly access: StoreAccess;
  /** Variables with which a launcher finds it. */
  readonly env: Record<string, string>;
  /** Answers nobody from now on. */
  stop(): Promise<void>;
  /** Answers again, at the same address. */
  start(): Promise<void>;
  put(key: string, text: string): Promise<void>;
  keys(prefix?: string): Promise<string[]>;
}

/** Of this process alone: while a gateway is away, nobody else is given its port. */
const HOST = ['127', 1 + ((process.pid >> 16) & 63), (process.pid >> 8) & 255, process.pid & 255].join('.');

const KEY = { id: 'STS.TEST', secret: 'secret', owner: '1', token: 'token' };

export async function openObjectGateway(): Promise<ObjectGateway> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-launchers-store-'));
  const clock = manualClock(Date.now());
  const objects = await openFileStore({ dir, clock });
  await objects.createBucket('films', KEY.owner);
  const { token, ...key } = KEY;
  const known = { ...key, temporary: { token, expiresAt: Number.POSITIVE_INFINITY } };
  const gateway = createOssGateway({
    store: objects,
    clock: systemClock,
    keys: { find: (id) => (id === key.id ? known : undefined) },
    region: 'local',
  });
  let server: Server | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    const opened = createServer(gateway);
    await new Promise<void>((resolve) => opened.listen(port, HOST, resolve));
    const address = opened.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    server = opened;
  };
  const stop = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (closing === undefined) return;
    const closed = new Promise((resolve) => closing.close(resolve));
    closing.closeAllConnections();
    await closed;
  };
  await start();
  const endpoint = `http://${HOST}:${port}`;
  return {
    objects,
    clock,
    access: { endpoint, accessKeyId: key.id, accessKeySecret: key.secret, securityToken: token },
    env: {
      OSS_ENDPOINT: endpoint,
      OSS_ACCESS_KEY_ID: key.id,
      OSS_ACCESS_KEY_SECRET: key.secret,
      OSS_SESSION_TOKEN: token,
    },
    start,
    stop,
    async put(name, text) {
      await objects.put('films', name, oneChunk(Buffer.from(text)));
    },
    async keys(prefix = '') {
      return (await objects.list('films', { prefix })).objects.map((info) => info.key);
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await objects.close();
      await rm(dir, { recursive: true });
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
