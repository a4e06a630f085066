import { Agent, type ClientRequest, IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';

/** One store under load, whatever its dialect: whole objects in and out over kept connections. */
export interface Peer {
  readonly name: string;
  put(key: string, size: number): Promise<void>;
  get(key: string, size: number): Promise<void>;
}

const CHUNK = Buffer.alloc(1 << 20, 'rebatch ');

/** Headers of one request; whatever the dialect signs with. */
export type Sign = (method: 'GET' | 'PUT', key: string) => Record<string, string>;

/** A peer that is asked with plain node:http, so that the client costs every store the same. */
export function httpPeer(name: string, endpoint: string, bucket: string, sign: Sign): Peer {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ask = (method: 'GET' | 'PUT', key: string, headers: Record<string, string> = {}): ClientRequest =>
    request(`${endpoint}/${bucket}/${key}`, { method, agent, headers: { ...sign(method, key), ...headers } });
  return {
    name,
    async put(key, size) {
      const outgoing = ask('PUT', key, { 'Content-Length': String(size) });
      const answered = once(outgoing, 'response');
      await pipeline(Readable.from(chunks(size)), outgoing);
      await drained(name, await answered, undefined);
    },
    async get(key, size) {
      const outgoing = ask('GET', key);
      const answered = once(outgoing, 'response');
      outgoing.end();
      await drained(name, await answered, size);
    },
  };
}

export function* chunks(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= CHUNK.length)
    yield left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left);
}

/** Reads an answer to its end and sees to it that it was the right one. */
async function drained(name: string, [response]: unknown[], size: number | undefined): Promise<void> {
  const incoming = answerOf(response);
  let bytes = 0;
  await pipeline(
    incoming,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done();
      },
    }),
  );
  if (incoming.statusCode !== 200) throw new Error(`${name} answered ${incoming.statusCode}`);
  if (size !== undefined && bytes !== size) throw new Error(`${name} gave ${bytes} of ${size} bytes`);
}

function answerOf(response: unknown): IncomingMessage {
  if (!(response instanceof IncomingMessage)) throw new Error('no answer');
  return response;
}
