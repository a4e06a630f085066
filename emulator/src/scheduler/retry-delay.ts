/**
 * Milliseconds to wait before an instance gets its next attempt. A lost attempt is made again at once; one that is lost
 * time and again must not keep the machine busy.
 */
export function retryDelay(losses: number): number {
  return losses <= 1 ? 0 : Math.min(60_000, 1000 * 2 ** Math.min(losses - 2, 16));
}
