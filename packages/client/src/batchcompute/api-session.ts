import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ConnectionError } from '../http/connection-error.ts';
import type { HttpReply, HttpRequest, UpgradedConnection } from '../http/http-transport.ts';
import type { KeyedServer } from '../http/keyed-server.ts';
import { readBody } from '../http/read-body.ts';
import { BatchComputeError } from './batch-compute-error.ts';
import { authorization } from './sign-request.ts';
import { object, text } from './wire-value.ts';

export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query as built by `resource()`. */
  resource: string;
  body?: unknown;
  /** In place of `body`: bytes that go out as they are. */
  bytes?: Uint8Array;
  /** True when doing it twice is the same as once: only then it is tried again. */
  repeatable: boolean;
}

/** Signs calls, sends them and turns refusals into {@link BatchComputeError}. */
export class ApiSession {
  readonly #server: KeyedServer;

  constructor(server: KeyedServer) {
    this.#server = server;
  }

  /** The reply's JSON; `undefined` for an empty body. @throws BatchComputeError, ConnectionError */
  async call(call: ApiCall, signal?: AbortSignal): Promise<unknown> {
    return this.#server.exchange(call, isPassing, async () => this.#once(call, signal), signal);
  }

  /** The body of an answer that is read as it comes; to be consumed or destroyed. @throws as `call` */
  async open(target: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const reply = await this.#send({ method: 'GET', resource: target, repeatable: true }, signal);
    if (reply.status >= 200 && reply.status < 300) return reply.body;
    throw this.#refusal(reply, parseJson((await readBody(reply.body)).toString('utf8')));
  }

  /** Asks to speak `protocol` from here on. @throws as `call` */
  async upgrade(target: string, protocol: string): Promise<UpgradedConnection> {
    const request = this.#signed({ method: 'GET', resource: target, repeatable: false });
    const answer = await this.#server.transport.upgrade(request, protocol);
    if ('socket' in answer) return answer;
    throw this.#refusal(answer, parseJson((await readBody(answer.body)).toString('utf8')));
  }

  async #send(call: ApiCall, signal?: AbortSignal): Promise<HttpReply> {
    return this.#server.transport.send({
      ...this.#signed(call),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #signed(call: ApiCall): HttpRequest {
    const body = call.bytes ?? (call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body)));
    const { accessKeyId, accessKeySecret, securityToken, transport } = this.#server;
    // Signed anew for each try: nonce and date must be fresh.
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'Content-Length': String(body?.length ?? 0),
      Date: new Date().toUTCString(),
      Host: transport.host,
      'x-acs-access-key-id': accessKeyId,
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      ...(securityToken === undefined ? {} : { 'x-acs-security-token': securityToken }),
    };
    headers.Authorization = authorization(accessKeyId, accessKeySecret, {
      method: call.method,
      resource: call.resource,
      headers,
    });
    return {
      method: call.method,
      target: call.resource,
      headers,
      ...(body === undefined ? {} : { body }),
    };
  }

  async #once(call: ApiCall, signal?: AbortSignal): Promise<unknown> {
    const reply = await this.#send(call, signal);
    const content = (await readBody(reply.body)).toString('utf8');
    const json = parseJson(content);
    if (reply.status >= 200 && reply.status < 300) {
      if (json !== undefined || content.trim() === '') return json;
      throw new BatchComputeError(
        reply.status,
        'UnreadableReply',
        requestIdOf(reply),
        `${this.#server.transport.endpoint} answered with something that is not JSON: is it a BatchCompute endpoint?`,
      );
    }
    throw this.#refusal(reply, json);
  }

  #refusal(reply: HttpReply, json: unknown): BatchComputeError {
    const error = object(json);
    return new BatchComputeError(
      reply.status,
      text(error.Code ?? error.ErrorCode) || 'UnreadableReply',
      requestIdOf(reply) || text(error.RequestId),
      text(error.Message) || `${this.#server.transport.endpoint} answered with status ${reply.status}`,
    );
  }

  close(): void {
    this.#server.transport.close();
  }
}

function requestIdOf({ headers }: HttpReply): string {
  return text(headers['x-acs-request-id'] ?? headers['request-id']);
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Server faults, overload and broken connections pass; refusals stay, and a quota is not freed within seconds. */
function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  if (error instanceof BatchComputeError && error.code === 'QuotaExhausted') return false;
  return error instanceof BatchComputeError && (error.status >= 500 || error.code.startsWith('Throttling'));
}
