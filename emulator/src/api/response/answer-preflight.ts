import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers OPTIONS. The list of headers that the vendor sends (spec §4.1) would keep a browser from signing its
 * requests, so what it asks for is allowed here; without a signature nothing can be done anyway.
 */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers['access-control-request-headers'];
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS');
  if (asked !== undefined && asked !== '') response.setHeader('Access-Control-Allow-Headers', asked);
  response.statusCode = 204;
  response.end();
}
