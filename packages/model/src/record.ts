/**
 * A map with keys that a client chose. It has no prototype, so that `__proto__` is a key like any other and a lookup of
 * `constructor` finds nothing.
 */
export function record<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const map: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}
