/** Thrown when a mount cannot be made; the message names the oss:// URL. */
export class MountError extends Error {
  readonly url: string;

  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MountError';
    this.url = url;
  }
}
