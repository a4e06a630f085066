/** Thrown when the service refused a request or failed at it (spec/batchcompute-api.md §4.2, §17). */
export class BatchComputeError extends Error {
  readonly status: number;
  /** Such as `InvalidResource.NotFound`; `UnreadableReply` when the body was not the service's JSON. */
  readonly code: string;
  readonly requestId: string;

  constructor(status: number, code: string, requestId: string, message: string) {
    super(message);
    this.name = 'BatchComputeError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}
