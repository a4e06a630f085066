/** Thrown when a file store cannot be opened; the message names the folder and says why. */
export class FileStoreOpenError extends Error {
  readonly dir: string;

  constructor(dir: string, reason: string, options: ErrorOptions) {
    super(`The object store in ${dir} cannot be opened: ${reason}`, options);
    this.name = 'FileStoreOpenError';
    this.dir = dir;
  }
}
