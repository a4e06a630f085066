import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { signV1 } from '@rebatch/oss/signatures';
import { StoreError } from './store-error.ts';

/** A key of the object store and where that is. */
export interface StoreAccess {
  /** `http://host:port` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary key. */
  readonly securityToken?: string;
}

export interface StoreCall {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  /** Only parameters that V1 does not sign. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface StoreReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A server that is restarted is back in seconds; one that is not back by then has a reason. */
const PATIENCE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 5000;
/** All answers are small: one that does not come has been lost. */
const IDLE_MS = 10_000;
/** A pause that is worth a word. */
const TELL_FROM_MS = 800;

/** What the session takes from its surroundings, so that tests need not wait. */
export interface Waiting {
  /** Milliseconds from any origin. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** Hears once of each outage that takes longer than a moment. */
  tell(text: string): void;
}

/** Signed requests in path style; while the store is away or fails, the same one again, with growing pauses. */
export class StoreSession {
  readonly #access: StoreAccess;
  readonly #waiting: Waiting;

  constructor(access: StoreAccess, waiting: Waiting) {
    this.#access = access;
    this.#waiting = waiting;
  }

  /**
   * @param expected statuses besides 2xx that are an answer, too
   * @throws StoreError
   */
  async call(call: StoreCall, ...expected: number[]): Promise<StoreReply> {
    const end = this.#waiting.now() + PATIENCE_MS;
    for (let pause = 100; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const reply = await this.#send(call).catch((error: unknown) => asError(error));
      if (!(reply instanceof Error)) {
        if ((reply.status >= 200 && reply.status < 300) || expected.includes(reply.status)) return reply;
        if (reply.status < 500) throw refusal(call, reply);
      }
      const reason = reply instanceof Error ? reply.message : `it answers with status ${reply.status}`;
      const trouble = `the object store at ${this.#access.endpoint} cannot be used: ${reason}`;
      if (this.#waiting.now() > end) throw new StoreError(trouble);
      if (pause === TELL_FROM_MS) this.#waiting.tell(`${trouble}; waiting for it`);
      await this.#waiting.pause(pause);
    }
  }

  #send(call: StoreCall): Promise<StoreReply> {
    const url = new URL(this.#access.endpoint);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      method: call.method,
      path: target(call),
      headers: this.#headers(call, url.host),
      timeout: IDLE_MS,
    });
    return new Promise((resolve, reject) => {
      request.once('error', reject);
      request.once('timeout', () => request.destroy(new Error('it does not answer in time')));
      request.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      request.end(call.body);
    });
  }

  #headers(call: StoreCall, host: string): Record<string, string> {
    const { accessKeyId, accessKeySecret: secret, securityToken } = this.#access;
    const headers: Record<string, string> = {
      ...call.headers,
      ...(securityToken === undefined ? {} : { 'x-oss-security-token': securityToken }),
      Date: new Date().toUTCString(),
      Host: host,
      'Content-Length': String(Buffer.byteLength(call.body ?? '')),
    };
    const { method, bucket, key } = call;
    headers['Authorization'] = signV1({ accessKeyId, secret, method, bucket, key, headers });
    return headers;
  }
}

function target({ bucket, key, query = {} }: StoreCall): string {
  const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

function refusal({ method, bucket, key }: StoreCall, { status, headers, text }: StoreReply): StoreError {
  // A HEAD has no body: its error comes in a header (spec/oss.md §1.8).
  const header = headers['x-oss-err'];
  const xml = text === '' && typeof header === 'string' ? Buffer.from(header, 'base64').toString() : text;
  const code = /<Code>([^<]*)<\/Code>/.exec(xml)?.[1] ?? `status ${status}`;
  return new StoreError(`the object store refuses ${method} oss://${bucket}/${key}: ${code}`, status);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
