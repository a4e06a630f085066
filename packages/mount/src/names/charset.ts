import { isUtf8 } from 'node:buffer';
import { encodeGb18030 } from './gb18030.ts';

/**
 * Character set of file names as programs see them; object names are UTF-8 (spec/batchcompute-api.md §12.2). `gbk` is
 * read and written as GB18030, which is GBK and four-byte codes for what GBK does not have, so that names come back as
 * they went in.
 */
export type Charset = 'utf-8' | 'gbk';

/** A name or path of this host. Bytes when it is no UTF-8: Linux allows every name. */
export type LocalName = string | Buffer;

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** The bytes of a name (or of a path: `/` stays `/`) as programs see it. */
export function encodeName(name: string, charset: Charset): Buffer {
  return charset === 'gbk' ? encodeGb18030(name) : Buffer.from(name);
}

/**
 * The text of a name or path that a program made. In another character set than it should be, it keeps its ASCII, and
 * its other bytes are written as `%D6`, since an object's name must be UTF-8 (spec/oss.md §1.7).
 */
export function decodeName(name: Buffer, charset: Charset): string {
  if (charset === 'gbk') {
    try {
      return gb18030.decode(name);
    } catch {
      // Not in this character set.
    }
  }
  return isUtf8(name) ? name.toString() : Array.from(name, asciiOrPercent).join('');
}

/** The same bytes in the form that reads best. */
export function localName(bytes: Buffer): LocalName {
  return isUtf8(bytes) ? bytes.toString() : bytes;
}

const FIRST_NON_ASCII = 0x80;

function asciiOrPercent(byte: number): string {
  return byte < FIRST_NON_ASCII ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase()}`;
}
