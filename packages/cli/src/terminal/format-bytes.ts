const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `1.2 MB`: three digits are enough for people. 1 KB is 1024 bytes, as `ls -h` counts. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`;
}
