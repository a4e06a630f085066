export type QueryValue = string | number | boolean | undefined;

/** A path of the API from its segments, each percent-encoded: `path('jobs', id)` is `/jobs/…`. */
export function path(...segments: (string | number)[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
}

/**
 * Path and query as they are sent and signed: keys sorted, values encoded, `undefined` left out, "" a bare key
 * (spec/batchcompute-api.md §3, the one form in which all dialects agree).
 */
export function resource(resourcePath: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const parameters = Object.entries(query)
    .filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (value === '' ? key : `${key}=${encodeURIComponent(value)}`));
  return parameters.length === 0 ? resourcePath : `${resourcePath}?${parameters.join('&')}`;
}
