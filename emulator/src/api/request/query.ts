import { decodeText } from '../authentication/decode-text.ts';

/** Parameters of a request target; a bare key, an empty value and an absent one all mean "not given" (spec §5). */
export interface Query {
  /** Decoded value; "" when not given. */
  get(name: string): string;
  /** True for `?description`, `?description=` and `?Detail=True`, false for `?Detail=False` and when absent. */
  flag(name: string): boolean;
}

/** Reads the query of a target; of a repeated name the first counts. */
export function parseQuery(target: string): Query {
  const values = new Map<string, string>();
  const mark = target.indexOf('?');
  for (const part of mark < 0 ? [] : target.slice(mark + 1).split('&')) {
    const equals = part.indexOf('=');
    const name = decodeText(equals < 0 ? part : part.slice(0, equals), 'form');
    const value = equals < 0 ? '' : decodeText(part.slice(equals + 1), 'form');
    if (!values.has(name)) values.set(name, value);
  }
  return {
    get: (name) => values.get(name) ?? '',
    flag: (name) => values.has(name) && values.get(name)?.toLowerCase() !== 'false',
  };
}
