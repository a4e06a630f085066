import { invalidArgument } from '../gateway/oss-errors.ts';

/**
 * How many entries a page may have: `fallback` when the parameter is not given.
 * @throws OssError InvalidArgument when it is no number of 1 to `most`
 */
export function pageSize(
  params: ReadonlyMap<string, string>,
  name: string,
  fallback: number,
  most: number,
): number {
  const value = params.get(name);
  if (value === undefined || value === '') {
    return fallback;
  }
  const size = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (size < 1 || size > most) {
    throw invalidArgument(`${name} must be a number from 1 to ${most}.`, name, value);
  }
  return size;
}
