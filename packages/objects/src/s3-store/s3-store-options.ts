import type { Clock } from '@rebatch/model';

export interface S3StoreOptions {
  /** Base URL of the S3 server: `http(s)://host[:port]`. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  /** Token that belongs to temporary keys. */
  sessionToken?: string;
  /** Bucket of the S3 server that the bytes go to; made when missing. */
  bucket: string;
  /** Default `us-east-1`, which servers other than AWS take for any. */
  region?: string;
  /** `false`: the bucket is named in the host (AWS only). Default `true`. */
  pathStyle?: boolean;
  /** Local folder for the metadata; made when missing. It belongs to one process at a time. */
  dir: string;
  clock: Clock;
  /** Look for objects of the bucket that nothing points to, and remove them, even after an orderly close. */
  sweep?: boolean;
}

/** Thrown when an S3 store cannot be opened; the message names the server and says why. Keys are never in it. */
export class S3StoreOpenError extends Error {
  readonly endpoint: string;

  constructor(endpoint: string, reason: string, options: ErrorOptions = {}) {
    super(`The object store at ${endpoint} cannot be opened: ${reason}`, options);
    this.name = 'S3StoreOpenError';
    this.endpoint = endpoint;
  }
}
