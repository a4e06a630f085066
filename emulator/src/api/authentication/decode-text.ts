/** `percent`: `%20` is a blank; `form`: `+` is one, too (clients.md §8.1a). */
export type QueryDecoding = 'none' | 'percent' | 'form';

/** Decodes a piece of a request target; text with a broken escape stays as it is. */
export function decodeText(text: string, decoding: QueryDecoding): string {
  if (decoding === 'none') return text;
  const prepared = decoding === 'form' ? text.replaceAll('+', ' ') : text;
  try {
    return decodeURIComponent(prepared);
  } catch {
    return text;
  }
}
