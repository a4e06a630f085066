/** Tells an object store's address from a local path, before it is checked any further. */
export function isOssUrl(text: string): boolean {
  return text.startsWith('oss://');
}
