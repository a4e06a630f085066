import { once } from 'node:events';
import { Agent, IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signV1 } from '@rebatch/oss/signatures';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Question {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  key?: string;
  query?: [string, string][];
  headers?: Record<string, string>;
  body?: Uint8Array;
}

/** One signed request, sent once: an answer or an error, never a second try that hides what became of the first. */
export type Ask = (question: Question) => Promise<Answer>;

/** Requests to one bucket over kept connections. `ask` rejects when the connection breaks before the whole answer came. */
export function signedRequests(options: {
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  accessKeySecret: string;
}): { ask: Ask; close: () => void } {
  const { endpoint, bucket, accessKeyId, accessKeySecret: secret } = options;
  const agent = new Agent({ keepAlive: true });
  const ask: Ask = async ({ method, key, query = [], headers = {}, body = new Uint8Array() }) => {
    const signed = { ...headers, Date: new Date().toUTCString() };
    const resource = { method, bucket, ...(key === undefined ? {} : { key }), query, headers: signed };
    const Authorization = signV1({ accessKeyId, secret, ...resource });
    const search = new URLSearchParams(query).toString();
    const outgoing = request(`${endpoint}/${bucket}/${key ?? ''}${search === '' ? '' : `?${search}`}`, {
      method,
      agent,
      headers: { ...signed, Authorization, 'Content-Length': String(body.byteLength) },
    });
    const answered = once(outgoing, 'response');
    outgoing.end(body);
    const [incoming] = await answered;
    if (!(incoming instanceof IncomingMessage)) throw new Error('no answer');
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await buffer(incoming) };
  };
  return { ask, close: () => agent.destroy() };
}
