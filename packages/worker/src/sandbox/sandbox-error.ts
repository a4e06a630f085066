/** Thrown when the engine refuses: its message is fit for the job's owner. */
export class SandboxError extends Error {
  /** `gone`: the machine or the engine's life that the sandbox belonged to is over; the attempt is lost. */
  readonly reason: 'no-image' | 'no-space' | 'refused' | 'gone';

  constructor(reason: SandboxError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxError';
    this.reason = reason;
  }
}
