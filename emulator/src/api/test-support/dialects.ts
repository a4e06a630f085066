import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Sent } from './send.ts';

/** A request before a dialect writes it down. */
export interface PlainRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  /** JSON text. */
  body?: string;
}

export interface Signer {
  id: string;
  secret: string;
  now?: number;
}

/** `extra`: more headers, signed when their names start with `x-acs-`. */
export type Dialect = (request: PlainRequest, signer: Signer, extra?: Record<string, string>) => Sent;

/** Requests as the client families write and sign them (clients.md §1.1). */
export const dialects = {
  python: ({ method, path, query = {}, body }, signer, extra = {}) => {
    const date = new Date(signer.now ?? Date.now()).toUTCString();
    const parts = sorted(query).map(([name, value]) => bare(name, strictEncode(value)));
    const target = withQuery(path, parts);
    const headers = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'x-acs-access-key-id': signer.id,
      'x-acs-region-id': 'local',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      ...extra,
    };
    const head = [method, headers.Accept, '', headers['Content-Type'], date];
    return {
      method,
      target,
      headers: { ...headers, Date: date, Authorization: authorization(signer, head, headers, target) },
      ...(body === undefined ? {} : { body }),
    };
  },

  java: ({ method, path, query = {}, body }, signer, extra = {}) => {
    const date = new Date(signer.now ?? Date.now()).toUTCString();
    const md5 = createHash('md5')
      .update(body ?? '')
      .digest('base64');
    const signed = withQuery(
      path,
      sorted(query).map(([name, value]) => bare(name, value)),
    );
    const wire = withQuery(
      path,
      sorted(query)
        .toReversed()
        .map(([name, value]) => bare(name, strictEncode(value))),
    );
    const headers = {
      Accept: 'application/json',
      'Content-MD5': md5,
      'Content-Type': 'application/x-www-form-urlencoded',
      'x-acs-accesskey-id': signer.id,
      'x-acs-action': 'SomeAction',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      ...extra,
    };
    const head = [method, headers.Accept, md5, headers['Content-Type'], date];
    return {
      method,
      target: wire,
      headers: { ...headers, Date: date, Authorization: authorization(signer, head, headers, signed) },
      ...(body === undefined ? {} : { body }),
    };
  },

  /** Java SDK 5.1.0 with core 3.2.3 (clients.md §8.1a). */
  oldJava: ({ method, path, query = {}, body }, signer, extra = {}) => {
    const date = new Date(signer.now ?? Date.now()).toUTCString();
    const md5 = createHash('md5')
      .update(body ?? '')
      .digest('base64');
    const signed = withQuery(
      path,
      sorted(query).map(([name, value]) => `${name}=${value}`),
    );
    const wire = withQuery(
      path,
      sorted(query).map(([name, value]) => `${name}=${strictEncode(value).replaceAll('%20', '+')}`),
    );
    const headers = {
      Accept: 'application/octet-stream',
      'Content-MD5': md5,
      'Content-Type': 'application/octet-stream;charset=utf-8',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      ...extra,
    };
    const head = [method, headers.Accept, md5, headers['Content-Type'], date];
    return {
      method,
      target: wire,
      headers: { ...headers, Date: date, Authorization: authorization(signer, head, headers, signed) },
      ...(body === undefined ? {} : { body }),
    };
  },

  javascript: ({ method, path, query = {}, body }, signer, extra = {}) => {
    const contentType = method === 'GET' ? '' : 'text/plain;charset=UTF-8';
    const headers = {
      Accept: 'application/json',
      'x-acs-date': new Date(signer.now ?? Date.now()).toUTCString(),
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      ...extra,
    };
    const signed = withQuery(
      path,
      sorted(query).map(([name, value]) => bare(name, value)),
    );
    const wire = withQuery(
      path,
      Object.entries(query).map(([name, value]) => bare(name, encodeURIComponent(value))),
    );
    const head = [method, headers.Accept, '', contentType, headers['x-acs-date']];
    return {
      method,
      target: wire,
      headers: {
        ...headers,
        ...(contentType === '' ? {} : { 'Content-Type': contentType }),
        'x-oss-security-token': 'token',
        Authorization: authorization(signer, head, headers, signed),
      },
      ...(body === undefined ? {} : { body }),
    };
  },
} satisfies Record<string, Dialect>;

function sorted(query: Record<string, string>): [string, string][] {
  return Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function bare(name: string, value: string): string {
  return value === '' ? name : `${name}=${value}`;
}

function withQuery(path: string, parts: string[]): string {
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/** Like Python's quote with no safe characters. */
function strictEncode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function authorization(
  { id, secret }: Signer,
  head: string[],
  headers: Record<string, string>,
  resource: string,
): string {
  const acs = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-acs-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`);
  const text = `${head.join('\n')}\n${acs.join('')}${resource}`;
  return `acs ${id}:${createHmac('sha1', secret).update(text).digest('base64')}`;
}
