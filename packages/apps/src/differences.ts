/**
 * Where two JSON values differ, as `path: old → new`, in the order of the new one's keys. Key order does not count, and what
 * only the old one has counts as removed.
 */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
    return [...keys].flatMap((key) =>
      differences(own(before, key), own(after, key), path === '' ? key : `${path}.${key}`),
    );
  }
  const [old, now] = [show(before), show(after)];
  return old === now ? [] : [`${path}: ${old} → ${now}`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
