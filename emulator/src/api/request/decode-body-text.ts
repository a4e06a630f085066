const utf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030');

/** Text of a body: UTF-8, or else GBK, since the Java SDK writes in the charset of its machine (clients.md §8.1a). */
export function decodeBodyText(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    return gb18030.decode(body);
  }
}
