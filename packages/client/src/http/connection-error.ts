/** Thrown when no whole answer came: nobody listens, the connection broke, or nothing arrived in time. */
export class ConnectionError extends Error {
  /** Where the request went, `http://host:port`. */
  readonly endpoint: string;
  /** `refused`: nothing of the request can have been seen by a server. */
  readonly kind: 'refused' | 'broken' | 'timeout';

  constructor(endpoint: string, kind: ConnectionError['kind'], options?: ErrorOptions) {
    super(SENTENCES[kind](endpoint), options);
    this.name = 'ConnectionError';
    this.endpoint = endpoint;
    this.kind = kind;
  }
}

const SENTENCES = {
  refused: (endpoint: string) => `no server answers at ${endpoint}`,
  broken: (endpoint: string) => `the connection to ${endpoint} broke`,
  timeout: (endpoint: string) => `${endpoint} did not answer in time`,
};

const REFUSED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Wraps what node:http threw for a request to `endpoint`. */
export function connectionError(endpoint: string, cause: unknown): ConnectionError {
  const code = errorCode(cause);
  const kind = REFUSED.has(code) ? 'refused' : code === 'ETIMEDOUT' ? 'timeout' : 'broken';
  return new ConnectionError(endpoint, kind, { cause });
}

function errorCode(cause: unknown): string {
  if (cause instanceof AggregateError) return errorCode(cause.errors[0]);
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return '';
}
