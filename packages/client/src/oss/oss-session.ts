import { formatOssUrl } from '@rebatch/model';
import { presignV1, signV1 } from '@rebatch/oss/signatures';
import type { HttpReply } from '../http/http-transport.ts';
import type { KeyedServer } from '../http/keyed-server.ts';
import { readBody } from '../http/read-body.ts';
import type { RetryPolicy } from '../http/retry.ts';
import { isPassing } from './is-passing.ts';
import { OssError } from './oss-error.ts';
import { parseXml, textOf } from './xml.ts';

export interface OssCall {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Absent: the service itself. */
  bucket?: string;
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** True when doing it twice is the same as once: only then it is tried again. */
  repeatable: boolean;
}

/** Signs calls with V1 (path style), sends them and turns refusals into {@link OssError}. */
export class OssSession {
  readonly #server: KeyedServer;

  constructor(server: KeyedServer) {
    this.#server = server;
  }

  get retry(): RetryPolicy {
    return this.#server.retry;
  }

  /** A 2xx reply whose body is still to be read. @throws OssError, ConnectionError */
  async open(call: OssCall, signal?: AbortSignal): Promise<HttpReply> {
    return this.#server.exchange(call, isPassing, async () => this.#once(call, signal), signal);
  }

  /** Like `open`, for answers that are small: headers and text. The whole exchange is what is tried again. */
  async call(call: OssCall, signal?: AbortSignal): Promise<{ headers: HttpReply['headers']; text: string }> {
    const exchange = async () => {
      const reply = await this.#once(call, signal);
      return { headers: reply.headers, text: (await readBody(reply.body)).toString('utf8') };
    };
    return this.#server.exchange(call, isPassing, exchange, signal);
  }

  /** An address that anybody may use until `expires` (unix seconds), without a key. `parameters`: what else is asked. */
  presign(
    method: 'GET' | 'PUT',
    bucket: string,
    key: string,
    expires: number,
    parameters: Readonly<Record<string, string>>,
  ): string {
    const { accessKeyId, accessKeySecret: secret, securityToken, transport } = this.#server;
    // A temporary key's token is part of the address, and signed.
    const query = Object.entries({
      ...parameters,
      ...(securityToken === undefined ? {} : { 'security-token': securityToken }),
    });
    const signed = presignV1({
      accessKeyId,
      secret,
      method,
      bucket,
      key,
      query,
      headers: {},
      expires,
    });
    return transport.endpoint + target(bucket, key, Object.fromEntries([...query, ...signed]));
  }

  close(): void {
    this.#server.transport.close();
  }

  #resourceOf({ bucket, key = '' }: OssCall): string {
    return bucket === undefined ? this.#server.transport.endpoint : formatOssUrl({ bucket, key });
  }

  async #once(call: OssCall, signal?: AbortSignal): Promise<HttpReply> {
    const { accessKeyId, accessKeySecret: secret, securityToken, transport } = this.#server;
    const query = call.query ?? {};
    const headers: Record<string, string> = {
      ...call.headers,
      ...(securityToken === undefined ? {} : { 'x-oss-security-token': securityToken }),
      Date: new Date().toUTCString(),
      Host: transport.host,
      'Content-Length': String(call.body?.length ?? 0),
    };
    headers.Authorization = signV1({
      accessKeyId,
      secret,
      method: call.method,
      bucket: call.bucket,
      key: call.key,
      query: Object.entries(query),
      headers,
    });
    const reply = await transport.send({
      method: call.method,
      target: target(call.bucket, call.key, query),
      headers,
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw await refusal(reply, this.#resourceOf(call));
  }
}

function target(bucket: string | undefined, key: string | undefined, query: Record<string, string>): string {
  const path = bucket === undefined ? '/' : `/${bucket}/${(key ?? '').split('/').map(encode).join('/')}`;
  const parameters = Object.entries(query).map(([name, value]) =>
    value === '' ? encode(name) : `${encode(name)}=${encode(value)}`,
  );
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

async function refusal(reply: HttpReply, resource: string): Promise<OssError> {
  const body = (await readBody(reply.body)).toString('utf8');
  // A HEAD has no body: its error comes in a header (spec/oss.md §1.8).
  const header = reply.headers['x-oss-err'];
  const xml =
    body === '' && typeof header === 'string' ? Buffer.from(header, 'base64').toString('utf8') : body;
  const error = parseXml(xml, 'Error');
  const requestId = reply.headers['x-oss-request-id'];
  return new OssError(
    reply.status,
    textOf(error, 'Code') || (reply.status === 404 ? 'NoSuchKey' : `Status${reply.status}`),
    typeof requestId === 'string' ? requestId : textOf(error, 'RequestId'),
    textOf(error, 'Message') || `the object store answered with status ${reply.status}`,
    resource,
  );
}
