import { type Clock, formatTime, notFound, type Page } from '@rebatch/model';
import { readDestination } from '../events/destination.ts';
import type { DeadLetterRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Caller, PageRequest } from './control.ts';
import { toPage } from './to-page.ts';

/** A message that was given up. */
export interface DeadLetterView {
  Id: number;
  EventId: number;
  Event: string;
  /** Where it should have gone. */
  To: string;
  Message: string;
  Tries: number;
  /** Why the last try failed: a status, or what kept the connection from being made. */
  Reason: string;
  EventTime: string;
  GivenUpTime: string;
}

export function listDeadLetters(
  store: Store,
  { owner }: Caller,
  { marker, limit }: PageRequest,
): Page<DeadLetterView> {
  const rows = store.listDeadLetters({ owner, after: Number(marker || '0'), limit: limit + 1 });
  return toPage(
    rows,
    limit,
    marker,
    (last) => String(last.id),
    (row) => view(store, row),
  );
}

/** Puts it back into the outbox. @throws InvalidResource.NotFound */
export function retryDeadLetter(
  { store, clock }: { store: Store; clock: Clock },
  { owner }: Caller,
  id: number,
): void {
  if (!store.reviveLetter(owner, id, clock.now())) throw notFound();
}

/** @throws InvalidResource.NotFound */
export function deleteDeadLetter(store: Store, { owner }: Caller, id: number): void {
  if (!store.deleteDeadLetter(owner, id)) throw notFound();
}

function view(store: Store, row: DeadLetterRow): DeadLetterView {
  return {
    Id: row.id,
    EventId: row.eventId,
    Event: row.name,
    To: placeOf(store, row.destination),
    Message: row.body,
    Tries: row.tries,
    Reason: row.reason,
    EventTime: formatTime(row.createdAt),
    GivenUpTime: formatTime(row.diedAt),
  };
}

function placeOf(store: Store, text: string): string {
  const destination = readDestination(text);
  if (destination.kind === 'hook') return destination.url;
  if (destination.kind === 'mns') return `${destination.endpoint} (topic ${destination.topic})`;
  return store.findWebhook(destination.id)?.url ?? destination.id;
}
