const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Node shows header bytes as Latin-1; clients send and sign UTF-8 (spec/oss.md §1.1). Other bytes stay as they are. */
export function utf8Header(value: string): string {
  if (!/[\u0080-\u00FF]/.test(value)) {
    return value;
  }
  try {
    return utf8.decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

/** The other way round: text as the characters that Node writes out as its UTF-8 bytes. */
export function headerBytes(value: string): string {
  return /^[\u0020-\u007E]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
}

/** Whether the text has nothing in it that no header may have. */
export function isHeaderText(value: string): boolean {
  return !/\p{Cc}/u.test(value);
}
