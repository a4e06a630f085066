/** Thrown when a file's bytes cannot be had: the disk or the mount refuses, or it lies where nothing may be read. */
export class FileUnreadable extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`the file cannot be read: ${why}`, options);
    this.name = 'FileUnreadable';
  }
}
