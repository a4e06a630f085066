/** Text from elsewhere with control characters made visible, so that it cannot move the cursor or forge lines. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|[\u2028\u2029]/gu, (character) =>
    character === '\t' ? ' ' : `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
}
