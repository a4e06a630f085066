/** The finite number that a JSON value is, or that its text spells in plain decimals; undefined for all else. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return undefined;
  return Number(value);
}
