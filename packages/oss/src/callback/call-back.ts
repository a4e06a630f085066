import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { callbackFailed } from '../gateway/oss-errors.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { fillBody } from './fill-body.ts';
import type { Callback } from './read-callback.ts';

/** Milliseconds that the other server has to answer (the vendor's own limit). */
const TIMEOUT_MS = 5000;

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Tells of the stored object; what the other server answers becomes the answer to the client. Redirections are not
 * followed. The vendor's signature of the call cannot be had here (spec/oss.md §1.7).
 * @throws OssError CallbackFailed (status 203): the object is kept
 */
export async function callBack(call: OssCall, callback: Callback, info: ObjectInfo): Promise<OssReply> {
  const body = fillBody(call, callback, info);
  let failure: unknown;
  for (const url of callback.urls) {
    try {
      const answer = await post(url, body, headersOf(call, callback, body));
      return {
        status: 200,
        headers: { ...writtenHeaders(call, info), 'Content-Type': 'application/json' },
        body: answer,
      };
    } catch (error) {
      failure = error;
    }
  }
  throw callbackFailed(failure instanceof Error ? failure.message : String(failure), failure);
}

function headersOf(
  { bucket, request }: OssCall,
  { host, type }: Callback,
  body: string,
): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(body)),
    'User-Agent': 'http-client/0.0.1',
    'x-oss-bucket': bucket,
    'x-oss-request-id': request.id,
    ...(host !== undefined && { Host: host }),
  };
}

/** @throws Error when the answer is no JSON of status 200 in time */
function post(url: URL, body: string, headers: Record<string, string>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const outgoing = send(url, { method: 'POST', headers, signal, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_ANSWER_BYTES) {
        response.destroy(new Error('the answer is too long'));
      } else {
        chunks.push(chunk);
      }
    });
    response.on('error', reject);
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (response.statusCode !== 200) {
        reject(new Error(String(response.statusCode)));
      } else if (!isJson(text)) {
        reject(new Error('the answer is no JSON'));
      } else {
        resolve(text);
      }
    });
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
