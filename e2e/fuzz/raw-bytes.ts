import { once } from 'node:events';
import { connect } from 'node:net';
import { damaged } from './mutate.ts';
import type { Random } from './random.ts';

const REQUESTS: readonly [string, ...string[]] = [
  'GET /jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
  'POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'PUT /bucket/key HTTP/1.1\r\nHost: x\r\nAuthorization: OSS a:b\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
  'GET / HTTP/1.0\r\n\r\n',
  'GET http://x/jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
];

/** Bytes that were HTTP once. */
export function damagedHttp(random: Random): Buffer {
  return damaged(Buffer.from(random.pick(REQUESTS)), random);
}

/**
 * Writes bytes to a connection of its own and says that no more come. @returns what was answered until the server
 * closed the connection
 */
export async function exchange(endpoint: URL, bytes: Buffer): Promise<string> {
  const socket = connect(Number(endpoint.port), endpoint.hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A reset is one of the answers to bytes that are no HTTP.
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.end(bytes);
  await closed;
  return Buffer.concat(chunks).toString('latin1');
}

/** What is wrong with an answer to bytes; an error must be JSON, or the XML of the object gateway, and no page. */
export function complaintAboutBytes(answer: string): string | undefined {
  if (answer === '') return undefined;
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
  if (status === undefined) return `no HTTP: ${answer.slice(0, 80)}`;
  // The object gateway says 501 where the vendor does: POST without a form, for example.
  if (status.startsWith('5') && !answer.includes('<Code>NotImplemented</Code>')) return answer.slice(0, 300);
  return /<html|<!doctype/i.test(answer) ? `a page: ${answer.slice(0, 200)}` : undefined;
}
