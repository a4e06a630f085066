import type { ServerResponse } from 'node:http';
import type { Caller } from '../../control/control.ts';
import type { Query } from '../request/query.ts';

/** A request whose sender is known. */
export interface ApiRequest {
  caller: Caller;
  /** Decoded path parameters. */
  params: Readonly<Record<string, string | string[]>>;
  query: Query;
  /** Value of a header, by its name in lower case; "" when absent. */
  header(name: string): string;
  requestId: string;
  /** Aborted when the sender hangs up or the server stops. */
  signal: AbortSignal;
  /** `optional`: no body at all is {}. @throws WireError InvalidHttpBody, InvalidJsonFormat … */
  readBody(body?: { optional: boolean }): Promise<Record<string, unknown>>;
  /** The body as it came. @throws WireError InvalidHttpBody (413 when longer than `limit` bytes) */
  readBytes(limit: number): Promise<Buffer>;
}

export interface ApiReply {
  /** Of the table in spec §4.1. */
  status: number;
  /** Absent: an empty body. */
  body?: unknown;
  /** In place of a body: sends the answer itself, headers and all. May throw a WireError before it does. */
  stream?(response: ServerResponse): void | Promise<void>;
}

/** One verb on one path; the files beside this one list those of their resource. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Path with `:name` parameters. */
  path: string;
  handle(request: ApiRequest): Promise<ApiReply>;
}
