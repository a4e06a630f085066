import type { ServerResponse } from 'node:http';

/** The id that setCommonHeaders gave to a response. */
export function requestIdOf(response: ServerResponse): string {
  return String(response.getHeader('x-acs-request-id') ?? '');
}
