import { formatOssUrl, type OssUrl } from '../oss-url.ts';
import { AttemptFailure } from '../attempt-failure.ts';

/** Longest part of an object's URL that a message shows. */
const SHOWN = 200;

/** Thrown when one object could not be stored. */
export class FileFailure extends AttemptFailure {
  /** The file's own fault: others may be stored all the same. */
  readonly isItsOwn: boolean;

  constructor(to: OssUrl, code: string, why: string, options: ErrorOptions & { isItsOwn: boolean }) {
    const url = formatOssUrl(to);
    const shown = url.length > SHOWN ? `${url.slice(0, SHOWN)}…` : url;
    super(code, `${shown} could not be stored: ${why}`, options);
    this.name = 'FileFailure';
    this.isItsOwn = options.isItsOwn;
  }
}
