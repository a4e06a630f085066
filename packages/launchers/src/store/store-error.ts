import { LaunchError } from '../launch-error.ts';

/** Thrown when the object store refuses, or does not answer for as long as anybody can wait. */
export class StoreError extends LaunchError {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(1, message);
    this.status = status;
  }
}
