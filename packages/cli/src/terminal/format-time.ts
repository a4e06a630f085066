import { parseTime } from '@rebatch/model';

/** A time of the wire in the reader's own zone, `2026-11-25 10:37:03`; "-" for an unset one. */
export function formatWireTime(text: string): string {
  return formatLocalTime(parseTime(text));
}

/** Milliseconds since the epoch in the reader's own zone. */
export function formatLocalTime(ms: number | undefined): string {
  if (ms === undefined) return '-';
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
