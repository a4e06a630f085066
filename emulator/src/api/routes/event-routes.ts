import { type Clock, EVENTS, invalidParameter, notFound } from '@rebatch/model';
import { deleteDeadLetter, listDeadLetters, retryDeadLetter } from '../../control/dead-letters.ts';
import { listEvents } from '../../control/list-events.ts';
import { addWebhook, deleteWebhook, listWebhooks } from '../../control/webhooks.ts';
import { parseEventId } from '../../events/event-streams.ts';
import type { Events } from '../../events/open-events.ts';
import type { Store } from '../../store/store.ts';
import { parsePage } from '../request/list-parameters.ts';
import { pathParameter } from '../request/path-parameter.ts';
import type { Query } from '../request/query.ts';
import type { ApiReply, ApiRequest, Route } from './route.ts';

/** Beyond the vendor's API: the stream of events, webhooks, and messages that were given up. */
export function eventRoutes(room: { store: Store; clock: Clock; events: Events }): Route[] {
  const { store, events } = room;
  return [
    {
      method: 'get',
      path: '/events',
      async handle(request): Promise<ApiReply> {
        const { query, caller } = request;
        const after = parseEventId(request.header('last-event-id') || query.get('LastEventId'));
        const subject = query.get('JobId') || query.get('ClusterId');
        const wanted = {
          owner: caller.owner,
          names: parseNames(query),
          ...(after === undefined ? {} : { after }),
          ...(subject === '' ? {} : { subject }),
        };
        return { status: 200, stream: (response) => events.streams.open(wanted, response) };
      },
    },
    {
      method: 'get',
      path: '/events/log',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: listEvents(store, caller, checkMarker(parsePage(query))),
      }),
    },
    {
      method: 'get',
      path: '/events/dead',
      handle: async ({ caller, query }) => ({
        status: 200,
        body: listDeadLetters(store, caller, checkMarker(parsePage(query))),
      }),
    },
    {
      method: 'post',
      path: '/events/dead/:letterId/retry',
      async handle(request): Promise<ApiReply> {
        retryDeadLetter(room, request.caller, letterId(request));
        events.deliverSoon();
        return { status: 201, body: {} };
      },
    },
    {
      method: 'delete',
      path: '/events/dead/:letterId',
      async handle(request): Promise<ApiReply> {
        deleteDeadLetter(store, request.caller, letterId(request));
        return { status: 204 };
      },
    },
    {
      method: 'post',
      path: '/webhooks',
      handle: async (request) => ({
        status: 201,
        body: addWebhook(room, request.caller, await request.readBody()),
      }),
    },
    {
      method: 'get',
      path: '/webhooks',
      handle: async ({ caller }) => ({
        status: 200,
        body: { Items: listWebhooks(store, caller), NextMarker: '' },
      }),
    },
    {
      method: 'delete',
      path: '/webhooks/:webhookId',
      async handle(request): Promise<ApiReply> {
        deleteWebhook(store, request.caller, pathParameter(request, 'webhookId'));
        return { status: 204 };
      },
    },
  ];
}

function letterId(request: ApiRequest): number {
  const text = pathParameter(request, 'letterId');
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

function checkMarker<T extends { marker: string }>(page: T): T {
  if (!/^\d{0,15}$/.test(page.marker)) throw invalidParameter('Marker', 'Its type must be integer.');
  return page;
}

/** @throws WireError InvalidEvents */
function parseNames(query: Query): ReadonlySet<string> {
  const names = query
    .get('Events')
    .split(',')
    .filter((name) => name !== '');
  const unknown = names.find((name) => !EVENTS.includes(name));
  if (unknown !== undefined) throw invalidParameter('Events', `It must be in [${EVENTS.join(', ')}].`);
  return new Set(names);
}
