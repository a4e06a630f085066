/**
 * Reading answers of any BatchCompute endpoint: fields that it leaves out or sends as null get the neutral value, so
 * that nothing behind this file has to doubt a view's shape.
 */
export type WireObject = Readonly<Record<string, unknown>>;

const NOTHING: WireObject = Object.freeze({});

export function object(value: unknown): WireObject {
  return isObject(value) ? value : NOTHING;
}

export function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function integer(value: unknown): number {
  const number = Number(value ?? 0);
  return Number.isSafeInteger(number) ? number : 0;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
  return list(value).map(text);
}

/** A map with its values read by `read`; the result has no prototype, so any key is safe. */
export function map<T>(value: unknown, read: (entry: unknown) => T): Record<string, T> {
  const result: Record<string, T> = Object.create(null);
  for (const [key, entry] of Object.entries(object(value))) result[key] = read(entry);
  return result;
}
