/** The headers by lower-case name, values trimmed, sorted by name. (Launchers use it in Node 18, which has no `toSorted`.) */
export function lowerCaseHeaders(headers: Readonly<Record<string, string>>): Map<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value.trim(),
  ]);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(entries);
}
