import type { IncomingMessage } from 'node:http';
import type { BodySource } from '@rebatch/objects';
import type { ReceivedRequest } from '../signatures/index.ts';
import { freeMemory } from '../wire/free-memory.ts';
import { parseQuery } from '../wire/parse-query.ts';
import { utf8Header } from '../wire/header-text.ts';

/** A request as it came over the wire, taken apart. */
export interface OssRequest extends ReceivedRequest {
  /** 24 upper-case hex digits (spec/oss.md §1.9). */
  id: string;
  /** When it came, in milliseconds since the epoch. */
  received: number;
  /** Without port, lower-case; empty when the client sent none. */
  host: string;
  /** Of the connection; what to answer with when the host name is no endpoint. */
  local: string;
  /** Address of who sent it. */
  remote: string;
  /** Percent-encoded, beginning with `/`, without the query. */
  path: string;
  /** First value of each query parameter. */
  params: ReadonlyMap<string, string>;
  header(name: string): string | undefined;
  /** Whether a body was announced, be it empty. */
  hasBody: boolean;
  /** Announced bytes; absent with chunked encoding. */
  contentLength: number | undefined;
  body: BodySource;
}

/**
 * Takes a request apart. `received`: milliseconds since the epoch.
 * @throws OssError InvalidURI
 */
export function readRequest(incoming: IncomingMessage, id: string, received: number): OssRequest {
  const { url, host } = requestTarget(incoming);
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? [] : parseQuery(url.slice(mark + 1));
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) {
      headers[name] = utf8Header(Array.isArray(value) ? value.join(',') : value);
    }
  }
  const length = headers['content-length'];
  const chunked = headers['transfer-encoding'] !== undefined;
  return {
    id,
    received,
    method: incoming.method ?? 'GET',
    host: hostName(host ?? headers['host']),
    local: `${bracketed(incoming.socket.localAddress)}:${incoming.socket.localPort ?? ''}`,
    remote: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    path: path.startsWith('/') ? path : `/${path}`,
    query,
    params: firstValues(query),
    headers,
    header: (name) => headers[name],
    hasBody: length !== undefined || chunked,
    contentLength: length === undefined || chunked ? undefined : Number(length),
    // A body that is given up half-way must not take the connection with it: the answer is still to be sent.
    body: {
      [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }),
      release: freeMemory,
    },
  };
}

/** Programs that take the server for a proxy send the whole address (RFC 9112 §3.2.2); its host goes before the header. */
function requestTarget({ url = '/' }: IncomingMessage): { url: string; host: string | undefined } {
  const [whole, host] = /^https?:\/\/([^/?]*)/i.exec(url) ?? [''];
  return { url: url.slice(whole.length), host };
}

function firstValues(query: OssRequest['query']): Map<string, string> {
  const params = new Map<string, string>();
  for (const [name, value] of query) {
    if (!params.has(name)) {
      params.set(name, value);
    }
  }
  return params;
}

function bracketed(address = '127.0.0.1'): string {
  const plain = address.replace(/^::ffff:/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}

/** A Host header without its port. */
export function hostName(header = ''): string {
  return header.replace(/:\d*$/, '').toLowerCase();
}
