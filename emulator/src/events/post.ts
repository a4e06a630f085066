import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface OutgoingPost {
  /** Of http or https. */
  url: URL;
  headers: Record<string, string>;
  body: string;
}

/** Posts to addresses that users name: no redirect is followed and nothing of the answer is kept but its status. */
export interface Poster {
  /** @returns the status. @throws Error saying why no answer came, without a secret. */
  post(request: OutgoingPost): Promise<number>;
  /** Breaks off what is under way. */
  close(): void;
}

/** `timeoutMs`: from the first byte out to the last header in. */
export function createPoster(timeoutMs = 10_000): Poster {
  const http = new HttpAgent({ keepAlive: true, timeout: 30_000, maxFreeSockets: 4 });
  const https = new HttpsAgent({ keepAlive: true, timeout: 30_000, maxFreeSockets: 4 });
  const open = new Set<ClientRequest>();
  return {
    async post({ url, headers, body }) {
      const bytes = Buffer.from(body);
      const secure = url.protocol === 'https:';
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const outgoing = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: secure ? https : http,
        headers: { ...headers, 'Content-Length': bytes.length, 'User-Agent': 'rebatch' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      open.add(outgoing);
      outgoing.once('response', (response) => {
        resolve(response.statusCode ?? 0);
        // Read to its end, so that the connection can be used again; a long answer is not worth that.
        let left = 64 * 1024;
        response.on('data', (chunk: Buffer) => {
          left -= chunk.length;
          if (left < 0) outgoing.destroy();
        });
        response.on('error', () => {});
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => reject(new Error(reasonOf(error, timeoutMs))));
      outgoing.once('close', () => {
        open.delete(outgoing);
        reject(new Error('the connection was closed'));
      });
      outgoing.end(bytes);
      return promise;
    },
    close() {
      for (const request of open) request.destroy();
      http.destroy();
      https.destroy();
    },
  };
}

function reasonOf(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return `no answer within ${timeoutMs / 1000} s`;
  }
  return error.code ?? error.message;
}
