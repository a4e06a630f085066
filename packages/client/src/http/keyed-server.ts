import { HttpTransport } from './http-transport.ts';
import { defaultRetryPolicy, type RetryPolicy, withRetries } from './retry.ts';

export interface ClientOptions {
  /** `http://host:port` of any server of the dialect. */
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** Of a temporary key. */
  securityToken?: string;
  retry?: Partial<RetryPolicy>;
}

/** What every client has of its server: connections, a key to sign with, and patience. */
export class KeyedServer {
  readonly transport: HttpTransport;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string | undefined;
  readonly retry: RetryPolicy;

  /** `maxSockets`: connections at once. @throws TypeError when the endpoint is no address. */
  constructor(options: ClientOptions, maxSockets?: number) {
    this.transport = new HttpTransport(options.endpoint, maxSockets === undefined ? {} : { maxSockets });
    this.accessKeyId = options.accessKeyId;
    this.accessKeySecret = options.accessKeySecret;
    this.securityToken = options.securityToken;
    this.retry = { ...defaultRetryPolicy, ...options.retry };
  }

  /**
   * Does an exchange, again where doing it twice is the same as once and what it threw passes.
   * @throws what the last try threw
   */
  exchange<T>(
    { repeatable }: { repeatable: boolean },
    isPassing: (error: unknown) => boolean,
    once: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return withRetries(this.retry, (error) => repeatable && isPassing(error), once, signal);
  }
}
