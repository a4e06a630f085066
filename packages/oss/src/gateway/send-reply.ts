import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { OssReply } from './oss-call.ts';
import { sendBody } from './send-body.ts';

/** Bodies up to this many bytes go in one piece, with the headers: streams cost more than they do. */
const SMALL_BYTES = 64 * 1024;

/**
 * Sends an answer. A body that ends early (a read error) or a client that goes away ends the connection: there is no
 * other way to say that bytes are missing.
 */
export async function sendReply(
  incoming: IncomingMessage,
  response: ServerResponse,
  { status, headers = {}, body }: OssReply,
): Promise<void> {
  if (owesBody(incoming)) response.setHeader('Connection', 'close');
  if (typeof body === 'object') {
    const length = body.length === undefined ? {} : { 'Content-Length': body.length };
    response.writeHead(status, { ...headers, ...length });
    if (body.length === undefined) {
      // The first bytes may be long in coming; that they will come is to be known now.
      response.flushHeaders();
    }
    if (body.length !== undefined && body.length <= SMALL_BYTES) {
      response.end(await wholeOf(body.stream));
      return;
    }
    await sendBody(body.stream, response);
    return;
  }
  const xml = body === undefined ? {} : { 'Content-Type': 'application/xml' };
  const length =
    body === undefined ? emptyLength(status, headers) : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...xml, ...headers, ...length });
  response.end(body);
  // What was not read of the request, because it was refused, must not stop up the connection.
  incoming.resume();
}

/**
 * Some clients promise a body with a GET and send none (the vendor's tests of oss2, TestSign): the next request on the
 * connection would be taken for it.
 */
function owesBody({ method, headers, complete }: IncomingMessage): boolean {
  const promised = headers['transfer-encoding'] ?? headers['content-length'] ?? '0';
  return (method === 'GET' || method === 'HEAD') && promised !== '0' && !complete;
}

async function wholeOf(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  const [only, ...others] = chunks;
  return only !== undefined && others.length === 0 ? only : Buffer.concat(chunks);
}

/** Without a length Node would announce chunks to come. */
function emptyLength(status: number, headers: Record<string, string>): Record<string, string> {
  const bodiless = status === 204 || status === 304 || headers['Content-Length'] !== undefined;
  return bodiless ? {} : { 'Content-Length': '0' };
}
