import type { ServerResponse } from 'node:http';

/** Ends a response with a JSON body, or with none when `value` is absent. */
export function sendJson(response: ServerResponse, status: number, value?: unknown): void {
  response.statusCode = status;
  if (value === undefined) {
    // A 204 must not announce a length (RFC 9110 §8.6).
    if (status !== 204) response.setHeader('Content-Length', 0);
    response.end();
    return;
  }
  const body = Buffer.from(JSON.stringify(value));
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
