import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Sent {
  method: string;
  /** Sent exactly as it stands here. */
  target: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  text: string;
  /** The body as JSON; undefined when it is empty. */
  json: unknown;
}

/** Sends a request as it stands: `fetch` would tidy up target and headers. */
export async function send(baseUrl: string, { method, target, headers = {}, body }: Sent): Promise<Received> {
  const { hostname, port } = new URL(baseUrl);
  const response = Promise.withResolvers<Received>();
  const outgoing = request({ hostname, port, method, path: target, headers, agent: false }, (incoming) => {
    text(incoming).then((content) => {
      response.resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        text: content,
        json: content.startsWith('{') || content.startsWith('[') ? JSON.parse(content) : undefined,
      });
    }, response.reject);
  });
  outgoing.once('error', response.reject);
  outgoing.end(body);
  return response.promise;
}
