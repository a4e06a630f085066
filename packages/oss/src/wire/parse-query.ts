import { invalidUri } from '../gateway/oss-errors.ts';

/** Query parameters, decoded; a `+` means a space (spec/oss.md §1.5). A name without `=` has the empty value. */
export function parseQuery(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const at = piece.indexOf('=');
      return at < 0 ? [decode(piece), ''] : [decode(piece.slice(0, at)), decode(piece.slice(at + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidUri();
  }
}
