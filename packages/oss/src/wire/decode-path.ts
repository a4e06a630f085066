import { invalidUri } from '../gateway/oss-errors.ts';

/**
 * A path, or a piece of one, decoded; a `+` is a plus here.
 * @throws OssError InvalidURI
 */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidUri();
  }
}
