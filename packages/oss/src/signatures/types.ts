/** Query parameters as names and values, decoded, in any order. An absent value is the empty string. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

/** What a request is about. A key comes with a bucket; without a bucket the request is to the service. */
export interface Resource {
  bucket?: string | undefined;
  /** Decoded. */
  key?: string | undefined;
}

/** The parts of a request that signatures look at. */
export interface SignableRequest extends Resource {
  /** `GET`, `PUT` … */
  method: string;
  query?: QueryPairs | undefined;
  /** Names in any case; values as text (the wire carries them as UTF-8). */
  headers: Readonly<Record<string, string>>;
}

export interface Credentials {
  accessKeyId: string;
  secret: string;
}

/** Parameters that a signed URL has besides those that were signed. */
export type SignedQuery = [name: string, value: string][];
