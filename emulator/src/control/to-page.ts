import type { Page } from '@rebatch/model';

/**
 * A page of at most `limit` of `rows`, of which there is one more when there are more to come. `markerOf`: where the next
 * page starts, told by the last row of this one; `start`: the marker that came, for a page of nothing.
 */
export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  start: string,
  markerOf: (last: Row) => string,
  view: (row: Row) => View,
): Page<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last === undefined ? start : markerOf(last);
  return { Items: shown.map(view), NextMarker: rows.length > limit ? next : '' };
}
