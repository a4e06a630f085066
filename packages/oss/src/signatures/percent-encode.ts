/** Everything but A–Z a–z 0–9 - _ . ~ as %XX of its UTF-8 bytes (spec/oss.md §1.5). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Like {@link percentEncode}, with `/` kept. */
export function percentEncodePath(path: string): string {
  return percentEncode(path).replaceAll('%2F', '/');
}
