import { Readable } from 'node:stream';
import { afterEach, beforeEach } from 'vitest';
import { send, type TestRequest, type TestResponse } from './signed-request.ts';
import { ada, startTemporaryGateway, type TemporaryGateway } from './temporary-gateway.ts';

type Request = Omit<TestRequest, 'port'>;

/** What a test does with its gateway. Requests are Ada's unless they say otherwise. */
export interface GatewayFixture {
  /** Of the running test: Ada's bucket `pictures` is there, with the object `key` of ten digits. */
  readonly gateway: TemporaryGateway;
  send(request: Request): Promise<TestResponse>;
  /** About the object `pictures/key`. */
  object(method: string, more?: Partial<Request>): Promise<TestResponse>;
  /** About the bucket `pictures`. */
  bucket(method: string, more?: Partial<Request>): Promise<TestResponse>;
  /** Keys that are in the bucket now. */
  keys(): Promise<string[]>;
}

/** Starts a gateway for each test of the file. */
export function useGateway(): GatewayFixture {
  let gateway: TemporaryGateway;
  beforeEach(async () => {
    gateway = await startTemporaryGateway();
    await gateway.store.createBucket('pictures', ada.owner);
    await gateway.store.put('pictures', 'key', Readable.from([Buffer.from('0123456789')]));
  });
  afterEach(async () => {
    await gateway[Symbol.asyncDispose]();
  });
  const sendTo = (request: Request): Promise<TestResponse> => send({ ...request, port: gateway.port });
  return {
    get gateway() {
      return gateway;
    },
    send: sendTo,
    object: (method, more = {}) => sendTo({ method, bucket: 'pictures', key: 'key', account: ada, ...more }),
    bucket: (method, more = {}) => sendTo({ method, bucket: 'pictures', account: ada, ...more }),
    keys: async () => (await gateway.store.list('pictures')).objects.map(({ key }) => key),
  };
}
