import { decodePath } from './decode-path.ts';

/**
 * An object's name out of a header (copy source, symlink target): percent-encoded, and a `+` is a space, since the Go
 * SDK v1 encodes it as forms do while every client sends a plus as `%2B`.
 * @throws OssError InvalidURI
 */
export function decodeHeaderName(name: string): string {
  return decodePath(name.replaceAll('+', ' '));
}
