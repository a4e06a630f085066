import { ConnectionError } from '../http/connection-error.ts';
import { ChecksumError, OssError } from './oss-error.ts';

/** Server faults, throttling, damage on the way and broken connections pass; refusals stay. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof ChecksumError) return true;
  if (error instanceof OssError) return error.status >= 500;
  // A reply body that breaks off throws node's own error.
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
