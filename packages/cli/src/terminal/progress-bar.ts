/** `━━━━━━╸─────`: `fraction` (0 to 1) of `width` characters, in half steps. */
export function progressBar(fraction: number, width: number): string {
  const halves = Math.round(Math.min(1, Math.max(0, fraction)) * width * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2;
  return '━'.repeat(full) + '╸'.repeat(half) + '─'.repeat(width - full - half);
}
