/** An ETag as headers and XML carry it. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** An ETag without the quotes that clients may or may not put around it, upper-case. */
export function unquoted(etag: string): string {
  return etag.trim().replaceAll('"', '').toUpperCase();
}
