import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/**
 * Sets the headers that every response carries (spec §4.1) and gives its request id. Both names of the id are needed:
 * one SDK reads only `Request-Id`, in exactly these letters, and fails without a JSON Content-Type even on an empty
 * body (clients.md §8.1a). `Date` is node's own.
 */
export function setCommonHeaders(response: ServerResponse): string {
  const requestId = randomUUID().toUpperCase();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('x-acs-request-id', requestId);
  response.setHeader('Request-Id', requestId);
  response.setHeader('Server', 'AliyunBatchCompute');
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Methods', 'POST, GET, OPTIONS');
  response.setHeader(
    'Access-Control-Allow-Headers',
    'X-Requested-With, X-Sequence, _aop_secret, _aop_signature',
  );
  response.setHeader('Access-Control-Max-Age', '172800');
  return requestId;
}
