import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import { createOssGateway } from './gateway/create-oss-gateway.ts';
import { createImageProcessor } from './images/image-processor.ts';
import type { AccessKey } from './keyring.ts';

export const ada: AccessKey = { id: 'AKIDADA', secret: 'secret of ada', owner: '1001' };
export const bob: AccessKey = { id: 'AKIDBOB', secret: 'secret of bob', owner: '2002' };

export interface TemporaryGateway extends AsyncDisposable {
  port: number;
  /** `http://127.0.0.1:port` */
  url: string;
  store: ObjectStore;
  /** Keys that are known, by id; tests may add to them. */
  keys: Map<string, AccessKey>;
  /** What the gateway reported as its own failures. */
  errors: unknown[];
}

/** A gateway on a free port over a file store in a folder of its own; both go with it. Ada and Bob have keys. */
export async function startTemporaryGateway(clock: Clock = systemClock): Promise<TemporaryGateway> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-oss-'));
  const store = await openFileStore({ dir, clock });
  const keys = new Map([ada, bob].map((key) => [key.id, key]));
  const errors: unknown[] = [];
  const images = createImageProcessor(clock);
  const server = createServer(
    createOssGateway({
      store,
      clock,
      keys: { find: (id) => keys.get(id) },
      region: 'cn-hangzhou',
      images,
      mayCallBack: ({ hostname }) => hostname === '127.0.0.1',
      onError: (error) => errors.push(error),
    }),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server has no port');
  }
  const { port } = address;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    store,
    keys,
    errors,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
      await images.close();
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
}
