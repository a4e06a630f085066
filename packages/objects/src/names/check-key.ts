import { ObjectStoreError } from '../object-store-error.ts';

/** Longest key, in bytes of UTF-8 (spec/oss.md §1.7 PutObject). */
export const MAX_KEY_BYTES = 1023;

/**
 * Keys are any UTF-8 text of 1 to 1,023 bytes that does not begin with `/` or `\` (OSS's rule for object names).
 * They are never used as file names, so `..` and NUL are as good as any other.
 * @throws ObjectStoreError InvalidObjectName
 */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  const wrong =
    bytes === 0
      ? 'is empty'
      : bytes > MAX_KEY_BYTES
        ? `has ${bytes} bytes; ${MAX_KEY_BYTES} are allowed`
        : key.startsWith('/') || key.startsWith('\\')
          ? 'begins with a slash'
          : key.isWellFormed()
            ? undefined
            : 'is not valid Unicode';
  if (wrong !== undefined) {
    throw new ObjectStoreError('InvalidObjectName', `The object name ${wrong}.`);
  }
}
