import type { Notification } from '../descriptions.ts';

/** Always with a Topic: the command-line client indexes it unasked (spec/batchcompute-api.md §18). */
export function renderNotification(notification: Notification | undefined): Notification {
  return notification ?? { Topic: { Name: '', Endpoint: '', Events: [] } };
}
