import type { Clock } from '@rebatch/model';
import type { LaneRow, LetterRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { readDestination } from './destination.ts';
import { mnsRequest } from './mns-request.ts';
import type { OutgoingPost, Poster } from './post.ts';
import { webhookRequest } from './webhook-request.ts';

/** How one try to deliver a letter went. `gone`: it can never arrive, so that it is not tried again. */
export type Delivery =
  | { kind: 'arrived' }
  | { kind: 'failed'; reason: string }
  | { kind: 'gone'; reason: string };

export type Deliver = (lane: LaneRow, letter: LetterRow) => Promise<Delivery>;

/** Delivers letters over HTTP; any 2xx means that it arrived. Never throws. */
export function httpDelivery({
  store,
  clock,
  poster,
}: {
  store: Store;
  clock: Clock;
  poster: Poster;
}): Deliver {
  return async (lane, letter) => {
    let request: OutgoingPost | Delivery;
    try {
      request = requestFor(store, lane, letter, clock.now());
    } catch (error) {
      if (error instanceof TypeError) return { kind: 'gone', reason: 'the endpoint is not an address' };
      return failure(error);
    }
    if ('kind' in request) return request;
    try {
      const status = await poster.post(request);
      if (status >= 200 && status < 300) return { kind: 'arrived' };
      return { kind: 'failed', reason: `status ${status}` };
    } catch (error) {
      return failure(error);
    }
  };
}

function failure(error: unknown): Delivery {
  return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

/** The request, or why there is none. @throws TypeError when the address cannot be read */
function requestFor(store: Store, lane: LaneRow, letter: LetterRow, now: number): OutgoingPost | Delivery {
  const destination = readDestination(lane.destination);
  if (destination.kind === 'webhook') {
    const webhook = store.findWebhook(destination.id);
    if (webhook === undefined) return { kind: 'gone', reason: 'the webhook was deleted' };
    return webhookRequest(webhook.url, letter, webhook, now);
  }
  const key = store
    .listAccessKeys()
    .find(
      ({ enabled, owner, temporary }) => enabled && temporary === undefined && owner === destination.owner,
    );
  // It may get one again.
  if (key === undefined) return { kind: 'failed', reason: 'the account has no key to sign with' };
  return destination.kind === 'mns'
    ? mnsRequest(destination, letter.body, key, now)
    : webhookRequest(destination.url, letter, key, now);
}
