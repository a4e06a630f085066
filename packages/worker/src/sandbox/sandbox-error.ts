/** Thrown when the engine refuses: its message is fit for the job's owner. */
export class SandboxError extends Error {
  readonly reason: 'no-image' | 'no-space' | 'refused';

  constructor(reason: SandboxError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxError';
    this.reason = reason;
  }
}
