/** Thrown when a file is no more what it was when its upload began: nothing of it was stored. */
export class FileChanged extends Error {
  constructor(path: string) {
    super(`${path} changed while it was uploaded`);
    this.name = 'FileChanged';
  }
}
