import type { Answer } from './send.ts';

/** What is wrong with an answer of the API; undefined when it is as spec/batchcompute-api.md §4 wants it. */
export function complaintAbout({ status, headers, body }: Answer, method: string): string | undefined {
  // "Come again later", for clients that take only such a status for passing (docs/compatibility.md).
  const quota = status === 503 && body.startsWith('{"Code":"QuotaExhausted"');
  if (status >= 500 && !quota) return `status ${status}: ${body.slice(0, 300)}`;
  if (status < 200 || (status >= 300 && status < 400)) return `status ${status}`;
  if (headers['content-type'] !== 'application/json; charset=utf-8') {
    return `content type ${headers['content-type']}`;
  }
  if (/^\s*</.test(body)) return `a page: ${body.slice(0, 100)}`;
  if (status === 204 || method === 'HEAD' || method === 'OPTIONS') return undefined;
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 100)}`;
  }
  if (status < 400) return undefined;
  // Of a field whose name is no word, the code shows what it can.
  const { Code: code, Message: message, RequestId: requestId } = Object(json);
  if (typeof code !== 'string' || !/^[A-Z][\w.?$-]*$/.test(code)) return `code ${JSON.stringify(code)}`;
  if (typeof message !== 'string' || message.trim() === '') return `no message with ${code}`;
  if (typeof requestId !== 'string' || requestId === '') return `no request id with ${code}`;
  return undefined;
}
