import * as http from 'node:http';
import * as https from 'node:https';
import { Client } from 'minio';
import type { S3StoreOptions } from './s3-store-options.ts';

/** Connections to the S3 server that may be open at once. */
const MOST_SOCKETS = 128;

/** Statuses at which the client gives up without reading the answer; the connection could never be used again. */
const UNREAD_STATUS = new Set([408, 429, 499, 500, 502, 503, 504, 520]);

/** `@throws` TypeError when the endpoint is not a URL. */
export function createS3Client(options: S3StoreOptions): { client: Client; agent: http.Agent } {
  const url = new URL(options.endpoint);
  const useSSL = url.protocol === 'https:';
  const { request } = useSSL ? https : http;
  const agent = new (useSSL ? https : http).Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const client = new Client({
    endPoint: url.hostname,
    useSSL,
    ...(url.port !== '' && { port: Number(url.port) }),
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    ...(options.sessionToken !== undefined && { sessionToken: options.sessionToken }),
    region: options.region ?? 'us-east-1',
    pathStyle: options.pathStyle ?? true,
    // Without an agent the client makes a connection for every request: half as fast (spec/oss.md §5).
    transportAgent: agent,
    // Its own retries print to the console and do not know connection resets; `withRetries` does both better.
    retryOptions: { disableRetry: true },
    transport: { request: drainingRequest(request) },
  });
  return { client, agent };
}

function drainingRequest(request: typeof http.request): typeof http.request {
  return new Proxy(request, {
    apply(_, self, args: [http.RequestOptions]) {
      const sent: http.ClientRequest = Reflect.apply(request, self, args);
      return sent.on('response', (response) => {
        if (UNREAD_STATUS.has(response.statusCode ?? 0)) {
          response.resume();
        }
      });
    },
  });
}
