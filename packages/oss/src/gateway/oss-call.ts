import type { Readable } from 'node:stream';
import type { Clock } from '@rebatch/model';
import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import type { ImageProcessor } from '../images/image-processor.ts';
import type { AccessKey } from '../keyring.ts';
import type { Pacing } from '../wire/pace.ts';
import type { OssRequest } from './oss-request.ts';

/** A request whose sender and subject are known and who may do what it asks. */
export interface OssCall {
  request: OssRequest;
  store: ObjectStore;
  clock: Clock;
  /** Who signed; absent when anonymous. */
  account: AccessKey | undefined;
  /** Empty when the request is to the service. */
  bucket: string;
  /** Empty when the request is to the bucket. */
  key: string;
  /** The version of the object that the request names, if it names one. */
  versionId: string | undefined;
  /** What the bucket is; absent where the operation does not need it to exist. */
  bucketInfo: BucketInfo | undefined;
  /** `oss-` and the gateway's region. */
  location: string;
  region: string;
  /** `host:port` at which clients reach the gateway. */
  endpoint: string;
  /** Whether clients may have this URL called when an object is stored. */
  mayCallBack: (url: URL) => boolean;
  /** Makes pictures out of stored ones; absent: there is none of it. */
  images: ImageProcessor | undefined;
  /** How fast the sender lets bytes go; those of the request's body go so already. */
  pacing: Pacing;
  /** Bytes from which on followers of links are sent to where the object is kept; absent: never. */
  redirectFrom: number | undefined;
}

export interface OssReply {
  status: number;
  headers?: Record<string, string>;
  /**
   * A document, or bytes; without a length, as many as come until the stream ends. Chunks are freed when they are sent:
   * nobody else may use them.
   */
  body?: string | { stream: Readable; length?: number };
}

/** One thing that OSS does: one file of `operations/`. */
export type Operation = (call: OssCall) => Promise<OssReply>;
