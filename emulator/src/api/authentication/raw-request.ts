/** The signed part of a request as it came over the wire; nothing is decoded yet. */
export interface RawRequest {
  method: string;
  /** Path and query, e.g. `/jobs?Marker&MaxItemCount=100`. */
  target: string;
  /** By lower-case name; values as node reads them, one character per byte. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Value of a header, or "" when it is absent (an absent header signs as an empty line, spec §3). */
export function headerValue(request: RawRequest, name: string): string {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}
