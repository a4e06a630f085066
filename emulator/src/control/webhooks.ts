import { randomBytes } from 'node:crypto';
import {
  type Clock,
  EVENTS,
  formatTime,
  invalidParameter,
  missingParameter,
  notFound,
  quotaExhausted,
} from '@rebatch/model';
import type { WebhookRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './control.ts';

/** Webhooks that one owner may have. */
const MAX_WEBHOOKS = 20;
const MAX_URL = 2048;

export interface WebhookView {
  Id: string;
  Url: string;
  Events: string[];
  CreationTime: string;
}

/**
 * Registers a webhook. Its secret is told this once.
 *
 * @throws WireError MissingUrl, InvalidUrl, InvalidEvents, QuotaExhausted
 */
export function addWebhook(
  { store, clock }: { store: Store; clock: Clock },
  { owner }: Caller,
  body: Readonly<Record<string, unknown>>,
): WebhookView & { Secret: string } {
  const url = checkUrl(body['Url']);
  const events = checkEvents(body['Events']);
  if (store.listWebhooks(owner).length >= MAX_WEBHOOKS) throw quotaExhausted('webhooks', MAX_WEBHOOKS);
  const webhook: WebhookRow = {
    id: `hook-${randomBytes(9).toString('hex')}`,
    owner,
    url,
    secret: randomBytes(24).toString('hex'),
    events,
    createdAt: clock.now(),
  };
  store.insertWebhook(webhook);
  return { ...webhookView(webhook), Secret: webhook.secret };
}

export function listWebhooks(store: Store, { owner }: Caller): WebhookView[] {
  return store.listWebhooks(owner).map(webhookView);
}

/** @throws InvalidResource.NotFound */
export function deleteWebhook(store: Store, { owner }: Caller, id: string): void {
  if (!store.deleteWebhook(owner, id)) throw notFound();
}

function checkUrl(value: unknown): string {
  if (value === undefined || value === '') throw missingParameter('Url');
  if (typeof value !== 'string') throw invalidParameter('Url', 'Its type must be string.');
  if (value.length > MAX_URL) throw invalidParameter('Url', `Its length must be in [1, ${MAX_URL}].`);
  const url = URL.parse(value);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw invalidParameter('Url', 'It must be an http or https address.');
  }
  return value;
}

function checkEvents(value: unknown): string[] {
  if (value === undefined) return ['OnJobFinished', 'OnJobFailed', 'OnJobStopped'];
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidParameter('Events', 'It must be a list of event names.');
  }
  const names = new Set<string>();
  for (const name of value) {
    const known = EVENTS.find((event) => event === name);
    if (known === undefined) throw invalidParameter('Events', `It must be in [${EVENTS.join(', ')}].`);
    names.add(known);
  }
  return [...names];
}

function webhookView({ id, url, events, createdAt }: WebhookRow): WebhookView {
  return { Id: id, Url: url, Events: events, CreationTime: formatTime(createdAt) };
}
