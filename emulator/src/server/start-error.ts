/** Thrown when the server cannot start; the message is one line for the person at the terminal. Exit code 1. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}
