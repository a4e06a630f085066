const DAY_MS = 24 * 3600 * 1000;

/** Dates of a listing are mostly of the same few days; taking each apart anew was a twelfth of its processor time. */
let lastDay = 0;
let lastDate = '1970-01-01T';

/** `YYYY-MM-DDThh:mm:ss.000Z` of milliseconds since the epoch (spec/oss.md §1.8). */
export function isoTime(time: number): string {
  const day = Math.floor(time / DAY_MS);
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const seconds = Math.floor((time - day * DAY_MS) / 1000);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${lastDate}${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}.000Z`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** An HTTP date of milliseconds since the epoch. */
export function httpDate(time: number): string {
  return new Date(time).toUTCString();
}
