/** Thrown when a request cannot be served as it stands; becomes `{Code, Message, RequestId}` (spec §4.2, §17). */
export class WireError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WireError';
    this.status = status;
    this.code = code;
  }
}
