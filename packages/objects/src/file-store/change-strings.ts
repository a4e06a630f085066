import { formatStrings, parseStrings } from './sql/rows.ts';

/** A copy with these changes; undefined takes a name away. */
export function changeStrings(
  strings: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const changed = parseStrings(formatStrings(strings));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      delete changed[name];
    } else {
      changed[name] = value;
    }
  }
  return changed;
}
