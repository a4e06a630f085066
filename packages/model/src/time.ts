/**
 * UTC text with six fractional digits, `2015-12-08T09:13:55.470000Z`: PySDK takes nothing else (spec/batchcompute-api.md §4.3).
 * @param ms milliseconds since the epoch; undefined, the unset time, gives ""
 */
export function formatTime(ms: number | undefined): string {
  if (ms === undefined) return '';
  return new Date(Math.floor(ms)).toISOString().replace('Z', '000Z');
}

/**
 * Milliseconds since the epoch of such a text, or of one with fewer digits.
 * @returns undefined for "" and for text that is no time
 */
export function parseTime(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(text);
  if (match === null) return undefined;
  const [, seconds = '', fraction = ''] = match;
  const ms = Date.parse(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
