import type { RequestListener } from 'node:http';

/**
 * One listener for both services, told apart by Host as the vendor's names do: `oss-*` and `*.oss-*` are OSS, whatever
 * else is asked for, `batchcompute.*` and `batchcompute-vpc.*` among it, is the API (architecture.md §6).
 */
export function pickByHost(listeners: { api: RequestListener; oss: RequestListener }): RequestListener {
  return (request, response) => {
    const service = isOssHost(request.headers.host ?? '') ? listeners.oss : listeners.api;
    service(request, response);
  };
}

/** True for `oss-cn-x.aliyuncs.com`, `bucket.oss-cn-x-internal.aliyuncs.com` and the like, with or without a port. */
export function isOssHost(host: string): boolean {
  return /(?:^|\.)oss-[a-z0-9-]+(?:\.|:|$)/i.test(host);
}
