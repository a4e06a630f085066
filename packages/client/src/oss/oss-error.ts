/** Thrown when the object store refused a request or failed at it (spec/oss.md §1.12). */
export class OssError extends Error {
  readonly status: number;
  /** Such as `NoSuchKey`. */
  readonly code: string;
  readonly requestId: string;
  /** What the request was about: `oss://bucket/key`, `oss://bucket/`, or the endpoint. */
  readonly resource: string;

  constructor(status: number, code: string, requestId: string, message: string, resource: string) {
    super(message);
    this.name = 'OssError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.resource = resource;
  }
}

/** Thrown when bytes arrived other than they were sent: their CRC-64 differs (spec/oss.md §1.10). */
export class ChecksumError extends Error {
  readonly expected: string;
  readonly actual: string;

  constructor(what: string, expected: string, actual: string) {
    super(`${what} was damaged on its way: CRC-64 is ${actual}, should be ${expected}`);
    this.name = 'ChecksumError';
    this.expected = expected;
    this.actual = actual;
  }
}
