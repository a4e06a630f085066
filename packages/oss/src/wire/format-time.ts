/** `YYYY-MM-DDThh:mm:ss.000Z` of milliseconds since the epoch (spec/oss.md §1.8). */
export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}.000Z`;
}

/** An HTTP date of milliseconds since the epoch. */
export function httpDate(time: number): string {
  return new Date(time).toUTCString();
}
