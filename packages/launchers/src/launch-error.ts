/** Thrown when a launcher cannot do what it was asked; `message` is the one line that its user reads. */
export class LaunchError extends Error {
  override readonly name: string = 'LaunchError';
  /** 1: the thing failed. 2: wrong usage. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
