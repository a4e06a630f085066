import { isUtf8 } from 'node:buffer';

const FIRST_NON_ASCII = 0x80;

/**
 * A file's name as part of an object's, which must be UTF-8 (spec/oss.md §1.7): a name in another character set keeps its
 * ASCII, and its other bytes are written as `%D6`.
 */
export function readableName(name: Buffer): string {
  if (isUtf8(name)) return name.toString();
  return Array.from(name, (byte) =>
    byte < FIRST_NON_ASCII ? String.fromCharCode(byte) : percent(byte),
  ).join('');
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase()}`;
}
