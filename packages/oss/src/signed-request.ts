import { request as httpRequest } from 'node:http';
import type { AccessKey } from './keyring.ts';
import { type QueryPairs, percentEncode, percentEncodePath, presignV1, signV1 } from './signatures/index.ts';

/** A request of the tests' own, for what no SDK can be made to send. */
export interface TestRequest {
  port: number;
  method: string;
  bucket?: string;
  key?: string;
  query?: QueryPairs;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Who signs; absent: nobody. */
  account?: AccessKey | undefined;
  /** Sign the URL until then (unix seconds), not the header. */
  expires?: number;
  /** Date to sign with; default now. */
  date?: Date;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  bytes: Buffer;
}

/** Sends the request in path style, signed by V1. */
export async function send(test: TestRequest): Promise<TestResponse> {
  const { bucket, key, account, expires, method } = test;
  const headers = { ...test.headers };
  let query: QueryPairs = test.query ?? [];
  const base = { method, bucket, key };
  if (account !== undefined && expires !== undefined) {
    const { id: accessKeyId, secret } = account;
    query = [...query, ...presignV1({ ...base, query, headers, accessKeyId, secret, expires })];
  } else if (account !== undefined) {
    const { id: accessKeyId, secret } = account;
    headers['x-oss-date'] = (test.date ?? new Date()).toUTCString();
    headers['authorization'] = signV1({ ...base, query, headers, accessKeyId, secret });
  }
  const search = query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
  const path = bucket === undefined ? '/' : percentEncodePath(`/${bucket}/${key ?? ''}`);
  return sendRaw(test.port, method, search === '' ? path : `${path}?${search}`, headers, test.body);
}

/** Sends just that. */
export function sendRaw(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<TestResponse> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(received),
            body: bytes.toString(),
            bytes,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Content of the first element of that name in a document. */
export function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
