/**
 * Thrown when an attempt cannot be prepared or its results not be stored; becomes the outcome `failed`. Codes follow
 * the wire's discipline: `Invalid…` for what the job asked for, `InternalError…` for this side (spec §17.3).
 */
export class AttemptFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AttemptFailure';
    this.code = code;
  }
}
