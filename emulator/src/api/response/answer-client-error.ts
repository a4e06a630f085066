import type { Duplex } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers bytes that node cannot read as HTTP: bad syntax, unknown methods, oversized headers. Clients fail on a body
 * that is not JSON (clients.md §1.2), so this one is, too.
 */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ''] ?? 400;
  const requestId = randomUUID().toUpperCase();
  const body = JSON.stringify({
    Code: 'InvalidParameter',
    Message: 'Specified parameter format is not valid. The request cannot be read as HTTP.',
    RequestId: requestId,
    HostId: '',
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `Date: ${new Date().toUTCString()}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `x-acs-request-id: ${requestId}`,
      `Request-Id: ${requestId}`,
      'Server: AliyunBatchCompute',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
