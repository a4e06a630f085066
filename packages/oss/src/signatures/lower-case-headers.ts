/** The headers by lower-case name, values trimmed, sorted by name. */
export function lowerCaseHeaders(headers: Readonly<Record<string, string>>): Map<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value.trim(),
  ]);
  return new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
