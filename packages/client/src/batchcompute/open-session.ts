import { HttpTransport } from '../http/http-transport.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../http/retry.ts';
import { ApiSession } from './api-session.ts';

export interface BatchComputeClientOptions {
  /** `http://host:port` of any BatchCompute endpoint. */
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** Of a temporary key. */
  securityToken?: string;
  retry?: Partial<RetryPolicy>;
}

/** @throws TypeError when `endpoint` is no address. */
export function openSession(options: BatchComputeClientOptions): ApiSession {
  const transport = new HttpTransport(options.endpoint);
  const retry = { ...defaultRetryPolicy, ...options.retry };
  return new ApiSession(
    transport,
    options.accessKeyId,
    options.accessKeySecret,
    retry,
    options.securityToken,
  );
}
