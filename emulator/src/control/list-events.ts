import type { Page } from '@rebatch/model';
import type { Store } from '../store/store.ts';
import type { Caller, PageRequest } from './control.ts';
import { toPage } from './to-page.ts';

/** What happened lately, the newest first: each event's message with its id. The marker is the last id seen. */
export function listEvents(store: Store, { owner }: Caller, { marker, limit }: PageRequest): Page<unknown> {
  const rows = store.listLatestEvents({
    owner,
    ...(marker === '' ? {} : { before: Number(marker) }),
    limit: limit + 1,
  });
  return toPage(
    rows,
    limit,
    marker,
    (last) => String(last.id),
    ({ id, body }): unknown => ({ Id: id, ...Object(JSON.parse(body)) }),
  );
}
